import { randomUUID } from "node:crypto";
import type { SlackConnectionStore } from "../../../src/pipeline/ports/slack.ts";
import { MINUTE, SECOND } from "../../../src/time/time.ts";
import type { Connection } from "./connection.ts";
import { within } from "./within.ts";

/** How long a connection is registered for, and how often that is renewed, in milliseconds. */
const LIFE = 2 * MINUTE;
const RENEW_EVERY = 30 * SECOND;

/** How long Redis may take to answer: what it answers later is compared with a number that is old. */
const ANSWER_WITHIN = 5 * SECOND;

/** How long a connection that was opened to count stays, so that what came in over it is acknowledged over it. */
const ACKNOWLEDGE_WITHIN = 5 * SECOND;

export interface ConnectionCountOptions {
  readonly store: SlackConnectionStore;
  /** How long after a doubtful number it is counted again: longer than a connection of a killed process is registered. */
  readonly recountAfter: number;
  /** How long Slack may take to say hello, in milliseconds. */
  readonly hello: number;
  readonly open: () => Connection;
  /** Whether it is noted that another bot uses the app. */
  readonly isNoted: () => Promise<boolean>;
  /** Told, at two counts in a row, that Slack counts more connections than are registered here. */
  readonly shared: () => void;
  /** Told that it does so no longer. */
  readonly alone: () => void;
}

/**
 * Opens connections to Slack that are registered in Redis, and compares how many Slack counts with how many are: more
 * belong to a bot with another Redis. A number that does not fit is looked at again over a further connection before
 * anything is said of it, since connections of processes that start and end are counted at slightly other times.
 */
export function connectionCount(options: ConnectionCountOptions) {
  const { store, recountAfter, hello, open, isNoted, shared, alone } = options;
  const held = new Set<string>();
  const further = new Set<Connection>();
  let timer: NodeJS.Timeout | undefined;
  let isStopped = false;
  const renewing = setInterval(() => {
    for (const id of held) void quietly(store.hold(id, LIFE));
  }, RENEW_EVERY).unref();

  /** How many connections are registered, with this one; undefined while Redis does not answer. */
  const registered = (id: string) =>
    quietly(within(ANSWER_WITHIN, store.hold(id, LIFE), "Redis did not answer in time"));

  function countLater(isDoubted: boolean): void {
    if (isStopped || timer) return;
    timer = setTimeout(() => {
      timer = undefined;
      void count(isDoubted);
    }, recountAfter).unref();
  }

  async function count(isDoubted: boolean): Promise<void> {
    const { connection, id } = openRegistered();
    further.add(connection);
    try {
      const counted = await within(hello, connection.opened, "Slack did not send hello in time");
      const known = await registered(id);
      if (isStopped || counted === undefined || known === undefined) return countLater(isDoubted);
      if (counted <= known) return alone();
      if (isDoubted) shared();
      countLater(true);
    } catch {
      countLater(isDoubted);
    } finally {
      setTimeout(() => {
        connection.close();
        further.delete(connection);
      }, ACKNOWLEDGE_WITHIN).unref();
    }
  }

  function openRegistered(): { readonly connection: Connection; readonly id: string } {
    const id = randomUUID();
    held.add(id);
    // Before it is opened: Slack counts no connection that is not registered. Redis may be gone, and holds up nothing.
    void quietly(store.hold(id, LIFE));
    const connection = open();
    void connection.closed.then(() => {
      held.delete(id);
      void quietly(store.release(id));
    });
    return { connection, id };
  }

  async function look(counted: number | undefined, id: string): Promise<void> {
    if (counted === undefined) return;
    const known = await registered(id);
    if (known === undefined) return;
    if (counted > known) countLater(true);
    else if (await quietly(isNoted())) countLater(false);
  }

  return {
    /** Opens a connection that is counted. */
    open(): Connection {
      const { connection, id } = openRegistered();
      connection.opened.then(
        (counted) => void look(counted, id),
        () => {},
      );
      return connection;
    },
    stop(): void {
      isStopped = true;
      clearInterval(renewing);
      clearTimeout(timer);
      for (const connection of further) connection.close();
    },
  };
}

async function quietly<Answer>(asking: Promise<Answer>): Promise<Answer | undefined> {
  try {
    return await asking;
  } catch {
    return undefined;
  }
}
