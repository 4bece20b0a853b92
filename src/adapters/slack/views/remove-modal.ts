import type { ModalView } from "@slack/types";
import type { Watch } from "../../../settings/watch.ts";
import { section } from "../blocks/blocks.ts";
import { plain } from "../blocks/elements.ts";
import { titleOf } from "../messages/title.ts";

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
  title: plain("Remove a watch", 24),
  submit: plain("Remove", 24),
  close: plain("Keep", 24),
  blocks: [
    section(
      `This removes the watch *${titleOf({ watch }, 80)}* from <#${watch.channel}>. Tidewatch announces the change there, with a button to undo it; its history is then read again.`,
    ),
  ],
});
