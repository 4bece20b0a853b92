import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { failureModal, loadingModal } from "../../src/adapters/slack/views/plain-modals.ts";
import type { Log } from "../../src/log.ts";
import { draw, isRefusal, type Shown, shownBy } from "./draw.ts";
import { messageOf } from "./failure.ts";
import { notifyPrivately, type Reachable } from "./notify-privately.ts";
import { wordsFor } from "./reply.ts";

/** A person who waits for a modal to open. */
export interface Waiting {
  readonly client: WebClient;
  readonly body: {
    readonly trigger_id: string;
    readonly user: { readonly id: string };
    readonly channel?: { readonly id: string };
    readonly response_url?: string;
  };
}

/** The text when Slack refuses a view. */
const REFUSED = "Slack refused to show this. This is a bug in Tidewatch: its log contains Slack's answer.";
const NOT_OPENED = "Slack did not open the form because it took longer than three seconds. Try again.";

/** Opens a modal at once, because Slack waits three seconds, and then shows the content or the error in it. */
export async function openAndRead(
  waiting: Waiting,
  title: string,
  read: () => Promise<ModalView>,
  log: Log,
): Promise<void> {
  const shown = await open(waiting, loadingModal(title), log);
  if (shown) await readInto(waiting.client, shown, title, read, log);
}

/** Shows the content or the error in a modal. */
export async function readInto(
  client: WebClient,
  shown: Shown,
  title: string,
  read: () => Promise<ModalView>,
  log: Log,
): Promise<void> {
  await redraw(client, shown, await read().catch((error) => failureModal(title, wordsFor(error, log))), log);
}

/** Opens a modal; undefined when Slack refuses, which is then reported in another way. */
export async function open(
  { client, body }: Waiting,
  view: ModalView,
  log: Pick<Log, "warn">,
): Promise<Shown | undefined> {
  const opened = (opening: ModalView) => client.views.open({ trigger_id: body.trigger_id, view: opening });
  let why = NOT_OPENED;
  try {
    return shownBy(await opened(view));
  } catch (error) {
    log.warn({ error: messageOf(error), view: view.callback_id }, "console.modal-refused");
    if (isRefusal(error) && !/trigger_id/.test(messageOf(error))) why = REFUSED;
  }
  try {
    if (why !== REFUSED) throw new Error(why);
    await opened(failureModal(view.title.text, why));
  } catch {
    await notifyPrivately(client, whoWaits(body), why, log);
  }
  return undefined;
}

const whoWaits = ({ user, channel, response_url: responseUrl }: Waiting["body"]): Reachable => ({
  user: user.id,
  ...(channel && { channel: channel.id }),
  ...(responseUrl && { responseUrl }),
});

/**
 * Updates a view; undefined when it is gone, or when Slack refused it, which is then shown in its place.
 * @param instead what is shown where Slack refuses the view
 */
export async function redraw(
  client: WebClient,
  shown: Shown,
  view: ModalView,
  log: Pick<Log, "debug" | "warn">,
  instead: ModalView = failureModal(view.title.text, REFUSED),
): Promise<Shown | undefined> {
  const drawn = await draw(client, shown, view, log);
  if (drawn === "refused") await draw(client, shown, instead, log);
  return typeof drawn === "string" ? undefined : drawn;
}
