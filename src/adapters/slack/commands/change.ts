import type { ActionsBlock, KnownBlock } from "@slack/types";
import type { Change, Changed } from "../../../settings/change.ts";
import { KEPT_DAYS } from "../../../settings/limits.ts";
import type { Watch } from "../../../settings/watch.ts";
import { counted } from "../../../text/numbers.ts";
import { plainWhen } from "../../../text/times.ts";
import { footer, section } from "../blocks/blocks.ts";
import { personOf } from "../blocks/mrkdwn.ts";
import { localTime } from "../blocks/when.ts";
import { type Answer, answerOf } from "./answer.ts";
import { type Facts, sideFacts, thingOf } from "./fields.ts";
import { listBlocks, listOf } from "./lists.ts";
import { plain } from "./plain.ts";

/** The button that undoes a change. Its value is the change's id. */
export const UNDO_ACTION = "change.undo";

/** Announces the changes of one batch: one in full, several as a list. @param watches whose names people know */
export const changeMessage = (changes: readonly Change[], watches: readonly Watch[] = []): Answer => {
  const [first, ...more] = changes as [Change, ...Change[]];
  return more.length === 0 ? oneChange(first, watches) : manyChanges(first, changes, watches);
};

/** Who changed what, before and after, with Undo. */
function oneChange(change: Change, watches: readonly Watch[]): Answer {
  const { changed, by, undone, id, at } = change;
  const headline = `${personOf(by)} ${commandNameOf(changed)} the ${thingOf(changed, watches)}`;
  const blocks: KnownBlock[] = [
    section(`✏️ ${undone ? `~${headline}~` : headline}`),
    ...differenceBlocks(changed, watches),
    ...(undone ? [] : [undoButton(id)]),
    footer([undone ? `Undone by ${personOf(undone.by)} ${localTime(undone.at)}` : `Change \`${id}\``]),
  ];
  return answerOf(
    `${plainBy(by)} ${commandNameOf(changed)} the ${thingOf(changed, watches)} (${plainWhen(at, "hour")})`,
    blocks,
  );
}

/** Who imported what, one line each. */
function manyChanges(first: Change, changes: readonly Change[], watches: readonly Watch[]): Answer {
  const what = `imported ${counted(changes.length, "change")}`;
  const lines = changes.map(
    ({ id, changed, undone }) =>
      `${markOf(changed)} ${thingOf(changed, watches)}  ·  ${undone ? `undone by ${personOf(undone.by)}` : `\`${id}\``}`,
  );
  const heading = `✏️ ${personOf(first.by)} ${what}\nTo undo one: \`/tidewatch undo CHANGE\`.`;
  return answerOf(
    `${plainBy(first.by)} ${what} (${plainWhen(first.at, "hour")})`,
    listBlocks(heading, lines),
  );
}

/** The mark of a change: added, removed or edited. */
export const markOf = ({ before, after }: Changed): string => (before ? (after ? "✏️" : "➖") : "➕");

/** Confirms a change to its author, with Undo. */
export function changedAnswer({ changed, id }: Change, watches: readonly Watch[] = []): Answer {
  const headline = `Done: ${commandNameOf(changed)} the ${thingOf(changed, watches)}`;
  return answerOf(headline, [
    section(`✅ ${headline}`),
    ...differenceBlocks(changed, watches),
    footer([`Change \`${id}\`. To undo it: \`/tidewatch undo ${id}\``]),
  ]);
}

/**
 * What was changed since a form was opened, so that nothing was saved. It has no markup, so that it fits beside a
 * field.
 */
export function overtakenWords(changes: readonly Change[]): string {
  const lines = changes.map(
    ({ by, changed }) =>
      `${personOf(by)} ${commandNameOf(changed)} it (${differences(changed).join("; ").replaceAll("*", "")})`,
  );
  const what = lines.length > 0 ? lines.join(", ") : "somebody changed it";
  return plain(
    `Since this form was opened, ${what}. Your changes were not saved. Close the form and open it again.`,
    1_900,
  );
}

/** The same answer with the problem of its channel. */
export const warnedAnswer = ({ text, blocks, ...rest }: Answer, channelIssue: string): Answer => ({
  ...rest,
  text: `${text}. ${channelIssue}`,
  blocks: [{ ...section(`⚠️ ${channelIssue}`) }, ...blocks],
});

/** The answer when nothing had to change. */
export function unchangedAnswer(changed: Changed, watches: readonly Watch[] = []): Answer {
  const thing = thingOf(changed, watches);
  const why = changed.after ? `the ${thing} already has these settings` : `there is no ${thing}`;
  const headline = `Nothing changed: ${why}`;
  return answerOf(headline, [section(headline)]);
}

const plainBy = (by: string): string => (personOf(by).startsWith("<@") ? personOf(by) : `✏️ ${personOf(by)}`);

/** Changes, newest first, one line each. */
export function changesAnswer(changes: readonly Change[], watches: readonly Watch[] = []): Answer {
  if (changes.length === 0)
    return answerOf("No changes", [section(`No changes in the last ${KEPT_DAYS} days.`)]);
  const lines = changes.map((change) => changeLine(change, watches));
  return listOf(
    `${changes.length} changes`,
    "*Changes, newest first*\nTo undo one: `/tidewatch undo CHANGE`.",
    lines,
  );
}

/** A change in one line: when, who, what, and its id while it can be undone. */
export const changeLine = ({ id, at, by, changed, undone }: Change, watches: readonly Watch[] = []): string =>
  `${localTime(at)} ${personOf(by)} ${commandNameOf(changed)} the ${thingOf(changed, watches)}: ${differences(changed, watches).join("; ")}  ·  ${undone ? `undone by ${personOf(undone.by)}` : `\`${id}\``}`;

const commandNameOf = ({ before, after }: Changed): string => {
  if (before && after) return "changed";
  return after ? "added" : "removed";
};

/** As many blocks as the differences need: two addresses alone may exceed Slack's limit for one block. */
function differenceBlocks(changed: Changed, watches: readonly Watch[]): KnownBlock[] {
  const [first = "", ...rest] = differences(changed, watches);
  return listBlocks(first, rest);
}

/** The differences between before and after, one line each. */
export function differences(changed: Changed, watches: readonly Watch[] = []): string[] {
  const [before, after] = (["before", "after"] as const).map((side) => sideFacts(changed, side, watches)) as [
    Facts,
    Facts,
  ];
  if (before.length === 0 && after.length > 0) return lines(after);
  if (after.length === 0 && before.length > 0) return lines(before);
  const was = new Map(before);
  const now = new Map(after);
  const names = [...new Set([...was.keys(), ...now.keys()])];
  const changedLines = names
    .filter((name) => was.get(name) !== now.get(name))
    .map((name) => `*${name}*: ${was.get(name) ?? "nothing"} → ${now.get(name) ?? "nothing"}`);
  return changedLines.length > 0 ? changedLines : ["no visible setting"];
}

const lines = (facts: Facts): string[] => facts.map(([name, value]) => `*${name}*: ${value}`);

const undoButton = (id: string): ActionsBlock => ({
  type: "actions",
  elements: [
    { type: "button", action_id: UNDO_ACTION, text: { type: "plain_text", text: "Undo" }, value: id },
  ],
});
