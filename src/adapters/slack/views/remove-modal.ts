import type { ModalView } from "@slack/types";
import type { Watch } from "../../../settings/watch.ts";
import { removeForm, removeText } from "../../../text/forms/views.ts";
import { section } from "../blocks/blocks.ts";
import { plain } from "../blocks/elements.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";

export const REMOVE_MODAL = "remove.modal";

/** The metadata of the form. */
export interface RemoveMemory {
  readonly watchId: string;
}

/** Asks for a confirmation before a watch is removed. */
export const removeModal = (watch: Watch): ModalView => ({
  type: "modal",
  callback_id: REMOVE_MODAL,
  private_metadata: JSON.stringify({ watchId: watch.id } satisfies RemoveMemory),
  title: plain(removeForm.title, 24),
  submit: plain(removeForm.submit, 24),
  close: plain(removeForm.cancel, 24),
  blocks: [section(mrkdwn(removeText(watch)))],
});
