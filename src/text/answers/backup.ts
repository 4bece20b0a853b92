import type { Changed } from "../../settings/change.ts";
import type { Watch } from "../../settings/watch.ts";
import { counted } from "../numbers.ts";
import { channel, code, strong, text } from "../text.ts";
import { type Answer, buttons, list, paragraph } from "./answer.ts";
import { changedLine } from "./changes.ts";

/** A backup as text to copy. */
export const exportAnswer = (json: string): Answer => ({
  headline: text`All settings as JSON`,
  parts: [
    paragraph(
      text`${strong("All settings as JSON.")} They contain no secrets. ${code("/tidewatch import")} reads them.`,
    ),
    { kind: "copy", text: json },
  ],
  verbatim: json,
});

/** The answer when a backup was too long for a message and was shared as a file. */
export const sharedAnswer = (id: string): Answer => ({
  headline: text`The backup was uploaded to this channel`,
  parts: [
    paragraph(text`The backup is too long for a message, so it was uploaded as a file to ${channel(id)}.`),
  ],
});

/** Counts that were shared as a file; at the command line as they are. */
export const countsAnswer = ({ id }: Watch, channelId: string, csv: string): Answer => ({
  headline: text`The counts of ${id} were uploaded to this channel`,
  parts: [
    paragraph(
      text`The counts of ${code(id)}, with their expected range and score by its present settings, were uploaded as ${code(`${id}.csv`)} to ${channel(channelId)}.`,
    ),
  ],
  verbatim: csv,
});

/** Offers the import form, because a command cannot hold that much text. */
export const importOffer = (): Answer => ({
  headline: text`Import from JSON`,
  parts: [
    paragraph(
      text`Adds and changes watches, names, events and mutes from the JSON of ${code("/tidewatch export")}. Nothing is removed. At most 3,000 characters at once; for more, use ${code("npm run watch -- import FILE")}.`,
    ),
    buttons({ label: "Paste JSON", action: { do: "import" } }),
  ],
});

/** The words of the form for a pasted backup. */
export const importForm = {
  title: "Import",
  submit: "Import",
  cancel: "Cancel",
  close: "Close",
  json: "JSON",
  hint: "If anything is wrong, nothing is changed.",
} as const;

/** The result of an import from a file: what changed, or would. */
export function importedAnswer(
  changes: readonly Changed[],
  watches: readonly Watch[],
  isTrial = false,
): Answer {
  if (changes.length === 0) return { headline: [NOTHING_CHANGES], parts: [paragraph([NOTHING_CHANGES])] };
  const end = isTrial ? "Dry run: nothing was changed" : `${counted(changes.length, "change")} made`;
  const lines = changes.map((changed) => changedLine(changed, watches));
  return { headline: [end], parts: [list([strong(end)], lines)], lines: [...lines, [end]] };
}

const NOTHING_CHANGES = "Nothing changed: the settings are already as in the backup";
