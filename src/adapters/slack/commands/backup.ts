import type { KnownBlock, ModalView } from "@slack/types";
import type { Changed } from "../../../settings/change.ts";
import type { Watch } from "../../../settings/watch.ts";
import { counted } from "../../../text/numbers.ts";
import { section } from "../blocks/blocks.ts";
import { unescaped } from "../blocks/escape.ts";
import { type Answer, answerOf } from "./answer.ts";
import { markOf } from "./change.ts";
import { thingOf } from "./fields.ts";
import { listBlocks } from "./lists.ts";
import { plain } from "./plain.ts";

/** The button that opens the import form, the form, and its field. */
export const IMPORT_ACTION = "import.open";
export const IMPORT_VIEW = "import";
export const IMPORT_FIELD = "import.json";

/** Slack accepts 3,000 characters in a section and in a field, and about 13,000 in a message. */
const PER_SECTION = 2_800;
const PER_MESSAGE = 10_000;

/** A backup as text to copy; undefined when it is too long for a message. */
export function exportAnswer(json: string): Answer | undefined {
  if (json.length > PER_MESSAGE) return undefined;
  const blocks: KnownBlock[] = [
    section("*All settings as JSON.* They contain no secrets. `/tidewatch import` reads them."),
  ];
  const letters = Array.from(json);
  for (let from = 0; from < letters.length; from += PER_SECTION)
    blocks.push({
      type: "rich_text",
      elements: [
        {
          type: "rich_text_preformatted",
          elements: [{ type: "text", text: letters.slice(from, from + PER_SECTION).join("") }],
        },
      ],
    });
  return answerOf("All settings as JSON", blocks);
}

/** The answer when a backup was too long for a message and was shared as a file. */
export const sharedAnswer = (channel: string): Answer =>
  answerOf("The backup was uploaded to this channel", [
    section(`The backup is too long for a message, so it was uploaded as a file to <#${channel}>.`),
  ]);

/** Offers the import form, because a command cannot hold that much text. */
export const importOffer = (): Answer =>
  answerOf("Import from JSON", [
    section(
      `Adds and changes watches, names, events and mutes from the JSON of \`/tidewatch export\`. Nothing is removed. At most 3,000 characters at once; for more, use \`npm run watch -- import FILE\`.`,
    ),
    {
      type: "actions",
      elements: [
        { type: "button", action_id: IMPORT_ACTION, text: { type: "plain_text", text: "Paste JSON" } },
      ],
    },
  ]);

/** The form for a pasted backup. It stores the channel for the answer. */
export const importModal = (channel: string): ModalView => ({
  type: "modal",
  callback_id: IMPORT_VIEW,
  private_metadata: JSON.stringify({ openedIn: channel }),
  title: { type: "plain_text", text: "Import" },
  submit: { type: "plain_text", text: "Import" },
  close: { type: "plain_text", text: "Cancel" },
  blocks: [
    {
      type: "input",
      block_id: IMPORT_FIELD,
      label: { type: "plain_text", text: "JSON" },
      hint: { type: "plain_text", text: "If anything is wrong, nothing is changed." },
      element: { type: "plain_text_input", action_id: IMPORT_FIELD, multiline: true, max_length: 3_000 },
    },
  ],
});

/** The result of an import, as a view that replaces the form. */
export function importedModal(
  changes: readonly Changed[],
  watches: readonly Watch[],
  channelIssues: readonly string[] = [],
): ModalView {
  const headline = changes.length === 0 ? NOTHING_CHANGES : `${counted(changes.length, "change")} made`;
  const lines = changes.map((changed) => `${markOf(changed)} ${thingOf(changed, watches)}`);
  return {
    type: "modal",
    title: { type: "plain_text", text: "Import" },
    close: { type: "plain_text", text: "Close" },
    blocks: [
      ...channelIssues.map((channelIssue) => section(`⚠️ ${channelIssue}`)),
      ...listBlocks(`*${headline}*`, lines),
    ],
  };
}

/** The result of an import from a file: what changed, or would. */
export function importedAnswer(
  changes: readonly Changed[],
  watches: readonly Watch[],
  isTrial: boolean,
): Answer {
  if (changes.length === 0) return answerOf(NOTHING_CHANGES, [section(NOTHING_CHANGES)]);
  const end = isTrial ? "Dry run: nothing was changed" : `${counted(changes.length, "change")} made`;
  const lines = changes.map((changed) => `${markOf(changed)} ${thingOf(changed, watches)}`);
  return answerOf(end, listBlocks(`*${end}*`, lines), [...lines, end]);
}

const NOTHING_CHANGES = "Nothing changed: the settings are already as in the backup";

/** An error as Slack shows it at the field. */
export const fieldError = (why: string): string => unescaped(plain(why, 1_900));
