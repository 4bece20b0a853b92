import { isRetracted, type Member } from "../incidents/alert-group.ts";
import { isNewNormal } from "../incidents/incident.ts";
import { type Notification, newMembers } from "../notifications/notification.ts";
import {
  type AlertText,
  actedBy,
  callText,
  contextLine,
  elsewhereNote,
  facts,
  factsSoFar,
  linksOf,
  ownersOf,
} from "./alerts.ts";
import { contextLines } from "./context.ts";
import { durationOf, groupHeadlines, retracted } from "./group-headlines.ts";
import {
  bySize,
  criticalOf,
  differenceTogether,
  entry,
  isNotAcknowledged,
  isOver,
  isUnwatched,
  line,
  names,
  namesWithChanges,
  openOf,
  openWords,
  severityOf,
  stillOff,
} from "./group-members.ts";
import { openHeadlines, severityWords } from "./headlines.ts";
import { lastReminder, reminderNote, scoreWords, titleOf, wordsFor } from "./incidents.ts";
import { count, counted } from "./numbers.ts";
import { labelled, news, type ReplyText } from "./replies.ts";
import { joined, strong, type Text, text } from "./text.ts";

/** The maximum incidents in the message itself. The others are listed in its thread. */
export const LISTED = 10;

/** The text of an alert group in its present state. */
export function groupText(notification: Notification): AlertText {
  const { members } = notification;
  const others = members.length - LISTED;
  const listed = new Set(members.map((member) => member.watch.id));
  return {
    headlines: groupHeadlines(notification),
    lines: [
      ...(members.every(isOver) ? [] : [facts(factsTogether(notification))]),
      ...(notification.kind === "everything" ? [[SOURCE]] : []),
      ...contextLine(contextLines(notification, listed)),
      ...elsewhereNote(notification),
      ...callText(members),
    ].filter(({ length }) => length > 0),
    members: [
      ...bySize(members)
        .slice(0, LISTED)
        .map((member) => line(member, members)),
      ...(others > 0 ? [[`and ${count(others)} more: see the thread`]] : []),
    ],
    footer: [
      ...linksOf(notification).map((part): Text => [part]),
      text`${scoreWords(notification)} (${titleOf(notification)})`,
      ...actedBy(members),
    ],
  };
}

/** What the headline does not say: of the app that stands for its segments, or of all. */
function factsTogether(notification: Notification): Text[] {
  const { kind, incident, members } = notification;
  if (kind === "app" && incident.resolvedAt === undefined) return factsSoFar(notification);
  const difference = differenceTogether(stillOff(members));
  return difference ? [[`${difference} than expected so far`]] : [];
}

const SOURCE = "Nearly everything changed at once. Likely causes: tracking, an app release, or Braze itself.";

/** Long lists that follow the message, each with its title: all incidents, or those that joined. */
export function groupLists(
  notification: Notification,
): { readonly title: string; readonly entries: readonly Text[] }[] {
  const { reason, members } = notification;
  const listed = reason === "joined" ? newMembers(notification) : members;
  const isNew = reason === "joined" || reason === "opened" || reason === "missed";
  if (!isNew || listed.length <= LISTED) return [];
  const severity = severityWords(severityOf(listed));
  const title = `${severity}: ${reason === "joined" ? `${counted(listed.length, "more watch")}` : `all ${count(listed.length)}`}`;
  return [{ title, entries: bySize(listed).map(entry) }];
}

/** The reply about what changed in an alert group; undefined if the change of its message is enough. */
export function groupReply(notification: Notification): ReplyText | undefined {
  const { reason, members } = notification;
  switch (reason) {
    case "joined":
      return joinedReply(notification, newMembers(notification));
    case "worsened":
      return news(
        some(notification, criticalOf(members), "escalated"),
        [facts(factsTogether(notification)), ...callText(members)],
        linksOf(notification),
      );
    case "reopened":
      return news(some(notification, openOf(members), "reopened"), []);
    case "unmuted":
      return news(some(notification, openOf(members), "mute ended, still open"), []);
    case "reminder":
    case "last-reminder": {
      const left = criticalOf(members).filter(isNotAcknowledged);
      const note = reminderNote(notification, durationOf(notification));
      return news(some(notification, left, note), lastReminder(notification));
    }
    case "resolved":
      return news(ended(notification), []);
    case "retracted": {
      const text = retracted(notification, members.filter(isRetracted));
      return news([text, retracted(notification, members.filter(isRetracted), 1)], []);
    }
    case "labelled":
      return labelled(notification);
    default:
      return undefined;
  }
}

/** `🔴 Critical, escalated: iOS down 100%: 0 vs 3,945–5,894 expected sessions`, of some incidents of the group. */
function some(notification: Notification, members: readonly Member[], note: string): Text[] {
  const lead = severityWords(severityOf(members), note);
  const [first, ...more] = bySize(members);
  if (first && more.length === 0) return ofMember(notification, first, note);
  const { moved } = wordsFor(notification);
  return [5, 3, 2, 1]
    .map((most) => strong(text`${lead}: ${moved} ${namesWithChanges(members, most)}`))
    .map((part) => [part]);
}

/** The headline of one incident of the group. */
const ofMember = (notification: Notification, { incident, watch }: Member, note: string): Text[] =>
  openHeadlines({ ...notification, incident, watch }, titleOf({ watch }), note);

/** Who joined, with their numbers and their owners, and what they were added to; undefined if everybody is known. */
function joinedReply(notification: Notification, joining: readonly Member[]): ReplyText | undefined {
  const { members, incident } = notification;
  const [one, ...more] = bySize(joining);
  if (!one) return undefined;
  const known = members.filter((member) => !joining.includes(member));
  const { noun, moved } = wordsFor({ incident });
  const note = `also ${moved} now`;
  const added = text`Added to the ${noun} of ${names(known, 1)} (${counted(members.length, "watch")}).`;
  const headlines =
    more.length === 0
      ? ofMember(notification, one, note)
      : [3, 2, 1].map(
          (most): Text => [
            strong(text`${severityWords(severityOf(joining), note)}: ${namesWithChanges(joining, most)}`),
          ],
        );
  const listed =
    more.length === 0 || joining.length > LISTED
      ? []
      : bySize(joining).map((member) => text`• ${openWords(member)}`);
  const calls = callText(joining);
  const owners = ownersOf(joining);
  const called = calls.length > 0 || owners.length === 0 ? calls : [text`Owner: ${joined(owners, ", ")}`];
  return {
    summaries: [...headlines.map((line) => text`${line}. ${added}`), ...headlines],
    body: joined([headlines[0]!, ...listed, added, ...called], "\n"),
    links: one.watch.runbook && more.length === 0 ? linksOf({ watch: one.watch }) : [],
  };
}

function ended(notification: Notification): Text[] {
  const { members } = notification;
  const newNormal = members.filter(({ incident }) => isNewNormal(incident)).length;
  if (newNormal === 0 || newNormal === members.length) return groupHeadlines(notification);
  return [
    text`${strong(text`➡️ New normal for ${count(newNormal)} of ${counted(members.length, "watch")}`)}, the others resolved after ${durationOf(notification)}`,
  ];
}

/** Whether every incident of the group lost its watch, so that no button applies. */
export const areUnwatched = (members: readonly Member[]): boolean => members.every(isUnwatched);
