import type { Change, Changed } from "../../settings/change.ts";
import { isSame } from "../../settings/change.ts";
import { KEPT_DAYS } from "../../settings/limits.ts";
import type { Watch } from "../../settings/watch.ts";
import { counted } from "../numbers.ts";
import { code, joined, person, strong, struck, type Text, text, time } from "../text.ts";
import { type Answer, type AnswerPart, buttons, footer, list, listOf, paragraph } from "./answer.ts";
import { type Fact, factLine, sideFacts, thingOf } from "./facts.ts";

/** Announces the changes of one batch: one in full, several as a list. @param watches whose names people know */
export const changeAnswer = (changes: readonly Change[], watches: readonly Watch[] = []): Answer => {
  const [first, ...more] = changes as [Change, ...Change[]];
  return more.length === 0 ? oneChange(first, watches) : manyChanges(first, changes, watches);
};

/** Who changed what, before and after, with Undo. */
function oneChange(change: Change, watches: readonly Watch[]): Answer {
  const { changed, by, undone, id, at } = change;
  const headline = text`${person(by)} ${verbOf(changed)} the ${thingOf(changed, watches)}`;
  return {
    headline: text`${headline} (${time(at)})`,
    parts: [
      paragraph(text`✏️ ${undone ? struck(headline) : headline}`),
      differencesPart(changed, watches),
      ...(undone ? [] : [undoButton(id)]),
      footer(undone ? text`Undone by ${person(undone.by)} ${time(undone.at)}` : text`Change ${code(id)}`),
    ],
  };
}

/** Who imported what, one line each. */
function manyChanges(first: Change, changes: readonly Change[], watches: readonly Watch[]): Answer {
  const what = `imported ${counted(changes.length, "change")}`;
  const lines = changes.map(
    (change) => text`${changedLine(change.changed, watches)}  ·  ${undoneOr(change)}`,
  );
  return {
    headline: text`${person(first.by)} ${what} (${time(first.at)})`,
    parts: [
      list(text`✏️ ${person(first.by)} ${what}\nTo undo one: ${code("/tidewatch undo CHANGE")}.`, lines),
    ],
  };
}

/** A change of an import: whether it is added, removed or edited, and what. */
export const changedLine = (changed: Changed, watches: readonly Watch[]): Text =>
  text`${changed.before ? (changed.after ? "✏️" : "➖") : "➕"} ${thingOf(changed, watches)}`;

/** Confirms a change to its author, with Undo. */
export function changedAnswer({ changed, id }: Change, watches: readonly Watch[] = []): Answer {
  const headline = text`Done: ${verbOf(changed)} the ${thingOf(changed, watches)}`;
  return {
    headline,
    parts: [paragraph(text`✅ ${headline}`), differencesPart(changed, watches), undoButton(id)],
    lines: [
      headline,
      ...differences(changed, watches),
      text`Change ${code(id)}. To undo it: ${code(`/tidewatch undo ${id}`)}`,
    ],
  };
}

/** What was changed since a form was opened, so that nothing was saved. */
export function overtakenText(changes: readonly Change[]): Text {
  const lines = changes.map(
    ({ by, changed }) => text`${person(by)} ${verbOf(changed)} it (${joined(differences(changed), "; ")})`,
  );
  const what = lines.length > 0 ? joined(lines, ", ") : text`somebody changed it`;
  return text`Since this form was opened, ${what}. Your changes were not saved. Close the form and open it again.`;
}

/** The same answer with the problem of its channel. */
export const warnedAnswer = ({ headline, parts, ...rest }: Answer, channelIssue: Text): Answer => ({
  ...rest,
  headline: text`${headline}. ${channelIssue}`,
  parts: [paragraph(text`⚠️ ${channelIssue}`), ...parts],
});

/** The answer when nothing had to change. */
export function unchangedAnswer(changed: Changed, watches: readonly Watch[] = []): Answer {
  const thing = thingOf(changed, watches);
  const why = changed.after ? text`the ${thing} already has these settings` : text`there is no ${thing}`;
  const headline = text`Nothing changed: ${why}`;
  return { headline, parts: [paragraph(headline)] };
}

/** Changes, newest first, one line each. */
export function changesAnswer(changes: readonly Change[], watches: readonly Watch[] = []): Answer {
  if (changes.length === 0)
    return {
      headline: text`No changes`,
      parts: [paragraph(text`No changes in the last ${String(KEPT_DAYS)} days.`)],
    };
  const lines = changes.map((change) => changeLine(change, watches));
  return listOf(
    text`${String(changes.length)} changes`,
    text`${strong("Changes, newest first")}\nTo undo one: ${code("/tidewatch undo CHANGE")}.`,
    lines,
  );
}

/** The changes of settings in a day, for a channel whose alerts they affect. */
export function dailyChangesAnswer(changes: readonly Change[], watches: readonly Watch[]): Answer {
  const headline = text`✏️ ${counted(changes.length, "change")} of settings yesterday`;
  const lines = changes.map((change) => changeLine(change, watches));
  return listOf(headline, text`${headline}\nTo undo one: ${code("/tidewatch undo CHANGE")}.`, lines);
}

/** A change in one line: when, who, what, and its id while it can be undone. */
export const changeLine = (change: Change, watches: readonly Watch[] = []): Text => {
  const { at, by, changed } = change;
  return text`${time(at)} ${person(by)} ${verbOf(changed)} the ${thingOf(changed, watches)}: ${joined(differences(changed, watches), "; ")}  ·  ${undoneOr(change)}`;
};

const undoneOr = ({ id, undone }: Change): Text =>
  undone ? text`undone by ${person(undone.by)}` : [code(id)];

const verbOf = ({ before, after }: Changed): string => {
  if (before && after) return "changed";
  return after ? "added" : "removed";
};

function differencesPart(changed: Changed, watches: readonly Watch[]): AnswerPart {
  const [first = [], ...rest] = differences(changed, watches);
  return list(first, rest);
}

/** The differences between before and after, one line each. */
export function differences(changed: Changed, watches: readonly Watch[] = []): Text[] {
  const before = sideFacts(changed, "before", watches);
  const after = sideFacts(changed, "after", watches);
  if (before.length === 0 && after.length > 0) return after.map(factLine);
  if (after.length === 0 && before.length > 0) return before.map(factLine);
  const was = new Map<string, Text>(before);
  const now = new Map<string, Text>(after);
  const changedLines = [...new Set([...was.keys(), ...now.keys()])]
    .filter((label) => !isSame(was.get(label), now.get(label)))
    .map((label) =>
      factLine([label, text`${was.get(label) ?? "nothing"} → ${now.get(label) ?? "nothing"}`] satisfies Fact),
    );
  return changedLines.length > 0 ? changedLines : [text`no visible setting`];
}

const undoButton = (change: string): AnswerPart => buttons({ label: "Undo", action: { do: "undo", change } });
