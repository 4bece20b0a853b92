import type { App, Receiver } from "@slack/bolt";
import { WebAPIRateLimitedError } from "@slack/web-api";
import { HOUR, MINUTE, SECOND } from "../../../src/time/time.ts";
import { type Connection, type ConnectionOptions, openConnection } from "./connection.ts";
import { type ConnectionCountOptions, connectionCount } from "./connection-count.ts";
import { within } from "./within.ts";

/** The pause before a connection is reopened after failures: at first and at most, in milliseconds. */
export interface Timeouts {
  readonly first: number;
  readonly longest: number;
  /** How long Slack may take to say hello. */
  readonly hello: number;
  /** After what time the connections are counted again where their number does not fit. */
  readonly recount: number;
}

export const defaultTimeouts: Timeouts = {
  first: SECOND,
  longest: 30 * SECOND,
  hello: 20 * SECOND,
  recount: 3 * MINUTE,
};

/** A connection that Slack ends sooner than this was not ended in the usual way. */
const BRIEF = 10 * SECOND;

export interface SocketOptions extends ConnectionOptions {
  readonly timeouts?: Timeouts;
  /** By what it is noticed that another bot uses the same Slack app. */
  readonly sharing: Pick<ConnectionCountOptions, "store" | "isNoted" | "shared" | "alone">;
  /** Called when the connection is open. */
  readonly connected: () => void;
  /** Called for each connection that broke or could not be opened, with the number of failures in a row. */
  readonly disconnected: (why: unknown, failures: number) => void;
}

/**
 * Receives Slack's requests over a socket, and reopens it whenever it breaks: when Slack is down, a token is refused
 * and repaired, or a connection hangs. Slack's client is used for one connection at a time and never reconnects by
 * itself, because its own method leaves unhandled rejections and may never recover.
 */
export function socketReceiver({
  appToken,
  apiUrl,
  logger,
  timeouts = defaultTimeouts,
  sharing,
  connected,
  disconnected,
}: SocketOptions): Receiver & { isConnected(): boolean } {
  let app: App | undefined;
  let line: Connection | undefined;
  let isOpen = false;
  const leaving = Promise.withResolvers<void>();
  let isLeaving = false;

  const connections = connectionCount({
    ...sharing,
    recountAfter: timeouts.recount,
    hello: timeouts.hello,
    open: () => openConnection({ appToken, logger, ...(apiUrl && { apiUrl }) }, app!),
  });

  const rest = (ms: number) => Promise.race([pause(ms), leaving.promise]);

  async function keepLine(): Promise<void> {
    let failures = 0;
    let brief = 0;
    while (!isLeaving) {
      try {
        line = connections.open();
        await within(timeouts.hello, line.opened, "Slack did not send hello in time");
        isOpen = true;
        failures = 0;
        connected();
        const since = performance.now();
        await line.over;
        // Slack ends every connection within hours and says so: the next one opens at once, while the old one closes.
        isOpen = false;
        brief = performance.now() - since < BRIEF ? brief + 1 : 0;
        // Repeated short connections need a pause, as when there are more connections than Slack allows.
        if (brief > 1) await rest(pauseAfter(undefined, brief - 1, timeouts));
      } catch (error) {
        isOpen = false;
        failures++;
        if (isLeaving) return;
        line?.close();
        disconnected(error, failures);
        await rest(pauseAfter(error, failures, timeouts));
      }
    }
  }

  return {
    init(to: App) {
      app = to;
    },
    isConnected: () => isOpen,
    async start() {
      void keepLine();
    },
    async stop() {
      isLeaving = true;
      leaving.resolve();
      connections.stop();
      line?.close();
    },
  };
}

/** Doubles with each failure, with jitter so that many workers do not return at once; longer where Slack says so. */
function pauseAfter(error: unknown, failures: number, { first, longest }: Timeouts): number {
  const asked = error instanceof WebAPIRateLimitedError ? Math.min(error.retryAfter * SECOND, HOUR) : 0;
  const usual = Math.min(longest, first * 2 ** Math.min(failures - 1, 10));
  return Math.max(asked, usual * (0.75 + Math.random() / 4));
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
