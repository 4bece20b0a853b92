import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { loadingModal } from "../../src/adapters/slack/views/watch-modal.ts";
import { troubleModal } from "../../src/adapters/slack/views/why-modal.ts";
import type { Log } from "../../src/log.ts";
import { messageOf } from "./failure.ts";
import { wordsFor } from "./reply.ts";

/** A view that is shown, and the state of it that we know. */
export interface Shown {
  readonly id: string;
  readonly hash?: string;
}

/**
 * Opens a modal at once, since Slack waits three seconds for it, and shows in it what was read; or what went wrong. An
 * error of Slack's is logged: there is nothing to show it in.
 */
export async function openAndRead(
  client: WebClient,
  trigger: string,
  title: string,
  read: () => Promise<ModalView>,
  log: Log,
): Promise<void> {
  const shown = await open(client, trigger, loadingModal(title), log);
  if (shown) await readInto(client, shown, title, read, log);
}

/** Shows in a modal what was read, or what went wrong. */
export async function readInto(
  client: WebClient,
  shown: Shown,
  title: string,
  read: () => Promise<ModalView>,
  log: Log,
): Promise<void> {
  await redraw(client, shown, await read().catch((error) => troubleModal(title, wordsFor(error, log))), log);
}

/** Opens a modal; undefined where Slack does not. */
export async function open(
  client: WebClient,
  trigger: string,
  view: ModalView,
  log: Pick<Log, "warn">,
): Promise<Shown | undefined> {
  try {
    return shownBy(await client.views.open({ trigger_id: trigger, view }));
  } catch (error) {
    log.warn({ error: messageOf(error) }, "console.modal-refused");
    return undefined;
  }
}

/** Draws a view anew; undefined where somebody closed it, or it was drawn by another choice meanwhile. */
export async function redraw(
  client: WebClient,
  { id, hash }: Shown,
  view: ModalView,
  log: Pick<Log, "debug">,
): Promise<Shown | undefined> {
  try {
    return shownBy(await client.views.update({ view_id: id, view, ...(hash && { hash }) }));
  } catch (error) {
    log.debug({ error: messageOf(error) }, "console.modal-gone");
    return undefined;
  }
}

const shownBy = ({ view }: { view?: { id?: string; hash?: string } }): Shown | undefined =>
  view?.id ? { id: view.id, ...(view.hash && { hash: view.hash }) } : undefined;
