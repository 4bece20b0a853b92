import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { unescaped } from "../../../src/adapters/slack/blocks/escape.ts";
import { fieldOf, openedIn } from "../../../src/adapters/slack/views/form.ts";
import { doneModal, FAILURE, failureModal } from "../../../src/adapters/slack/views/plain-modals.ts";
import type { Log } from "../../../src/log.ts";
import { draw } from "../draw.ts";
import { notifyPrivately } from "../notify-privately.ts";
import type { FormAnswer } from "./in-time.ts";
import type { Incoming } from "./incoming.ts";

/**
 * Shows the result of a form after Slack's time limit, in the view that asked for a moment. A person who closed that
 * view assumes success, so a failure is sent to them privately.
 */
export async function showLate(
  answer: FormAnswer,
  externalId: string,
  { view: form, user }: Incoming,
  client: WebClient,
  log: Pick<Log, "debug" | "warn">,
): Promise<void> {
  const title = String(form?.title?.text ?? "Tidewatch");
  const failure = failureIn(answer, form);
  const view = answer.errors ? failureModal(title, failure ?? "") : (answer.view ?? doneModal(title));
  const isDone = failure === undefined;
  // A success closes the form below too; otherwise it stays for corrections.
  const shown = await draw(client, { externalId }, { ...view, clear_on_close: isDone }, log);
  if (shown === "refused") await draw(client, { externalId }, plainer(title, isDone), log);
  else if (typeof shown === "string" && !isDone) {
    const channel = openedIn(String(form?.private_metadata ?? ""));
    const where = { user: String(user?.id), ...(channel && { channel }) };
    await notifyPrivately(client, where, `${title}: this was not done. ${failure}`, log);
  }
}

/** The reason why nothing was done, if nothing was. */
function failureIn({ errors, view }: FormAnswer, form: Incoming["view"]): string | undefined {
  if (errors)
    return Object.entries(errors)
      .map(([block, error]) => `${labelOf(block, form)}: ${error}`)
      .join("\n");
  if (view?.callback_id !== FAILURE) return undefined;
  return view.blocks
    .flatMap((block) =>
      "text" in block && typeof block.text === "object" ? [unescaped(block.text.text)] : [],
    )
    .join("\n");
}

const labelOf = (block: string, form: Incoming["view"]): string =>
  String(form?.blocks?.find(({ block_id: id }) => id === block)?.label?.text ?? fieldOf(block));

const plainer = (title: string, isDone: boolean): ModalView =>
  isDone
    ? { ...doneModal(title), clear_on_close: true }
    : failureModal(title, "This was not done. See the log of Tidewatch for the reason.");
