import type { ModalView } from "@slack/types";
import type { Changed } from "../../../settings/change.ts";
import type { Watch } from "../../../settings/watch.ts";
import { importedAnswer, importForm } from "../../../text/answers/backup.ts";
import { warnedAnswer } from "../../../text/answers/changes.ts";
import type { Text } from "../../../text/text.ts";
import { plain } from "../blocks/elements.ts";
import { unescaped } from "../blocks/escape.ts";
import { answerBlocks } from "./answer.ts";
import { plain as harmless } from "./plain.ts";

/** The import form, and its field. */
export const IMPORT_VIEW = "import";
export const IMPORT_FIELD = "import.json";

/** The form for a pasted backup. It stores the channel for the answer. */
export const importModal = (channel: string): ModalView => ({
  type: "modal",
  callback_id: IMPORT_VIEW,
  private_metadata: JSON.stringify({ openedIn: channel }),
  title: plain(importForm.title, 24),
  submit: plain(importForm.submit, 24),
  close: plain(importForm.cancel, 24),
  blocks: [
    {
      type: "input",
      block_id: IMPORT_FIELD,
      label: plain(importForm.json, 24),
      hint: plain(importForm.hint, 150),
      element: { type: "plain_text_input", action_id: IMPORT_FIELD, multiline: true, max_length: 3_000 },
    },
  ],
});

/** The result of an import, as a view that replaces the form. */
export const importedModal = (
  changes: readonly Changed[],
  watches: readonly Watch[],
  channelIssues: readonly Text[] = [],
): ModalView => ({
  type: "modal",
  title: plain(importForm.title, 24),
  close: plain(importForm.close, 24),
  blocks: answerBlocks(channelIssues.reduceRight(warnedAnswer, importedAnswer(changes, watches))),
});

/** An error as Slack shows it at the field. */
export const fieldError = (why: string): string => unescaped(harmless(why, 1_900));
