import { isRetracted, type Member } from "../incidents/alert-group.ts";
import { isEasing, isNewNormal } from "../incidents/incident.ts";
import { metricOf } from "../metrics/metrics.ts";
import type { Notification } from "../notifications/notification.ts";
import { HOUR, stepOf } from "../time/time.ts";
import {
  differenceTogether,
  firstBucket,
  isOver,
  isUnwatched,
  lastBucket,
  names,
  namesWithChanges,
  openOf,
  severityOf,
  stillOff,
} from "./group-members.ts";
import { openHeadlines, severityWords } from "./headlines.ts";
import { stateOf, titleOf, unitOf, wordsFor } from "./incidents.ts";
import { count, counted } from "./numbers.ts";
import { type Part, span, strong, type Text, text, time } from "./text.ts";
import { lasting } from "./times.ts";

/** How many names a headline lists, fewer and fewer. */
const LISTED = [3, 2, 1];

/**
 * The first line of a message about an alert group, and the same in fewer and fewer words. @param note what is new about
 * it, while it is open
 */
export function groupHeadlines(notification: Notification, note?: string): Text[] {
  const { members, reason } = notification;
  const { noun, moved } = wordsFor(notification);
  if (members.every(isRetracted))
    return [retracted(notification, members), retracted(notification, members, 1)];
  if (reason === "missed")
    return endings(
      members,
      (most) => text`${strong(text`✅ Already resolved: ${names(members, most)}`)} – ${whole(notification)}`,
    );
  if (members.every(({ incident }) => isNewNormal(incident)))
    return endings(
      members,
      (most) =>
        text`${strong(text`➡️ New normal: ${names(members, most)}`)} – since ${began(members, notification)}`,
    );
  if (members.every(isUnwatched))
    return endings(
      members,
      (most) =>
        text`${strong(text`⏹️ No longer watched here: ${names(members, most)}`)}. The ${noun} was still open: ${moved} for ${durationOf(notification)} from ${began(members, notification)}`,
    );
  if (members.every(isOver))
    return endings(
      members,
      (most) =>
        text`${strong(text`✅ Resolved: ${names(members, most)} back to normal`)} – ${whole(notification)}`,
    );
  return openOf(members).every(({ incident }) => isEasing(incident))
    ? recovering(notification)
    : stillOpen(notification, note);
}

const endings = (members: readonly Member[], ending: (most: number) => Text): Text[] =>
  [5, ...LISTED].filter((most, i) => i === 0 || most < members.length).map(ending);

function recovering(notification: Notification): Text[] {
  const open = openOf(notification.members);
  return LISTED.map(
    (most) =>
      text`${strong(text`🟢 Recovering: ${names(open, most)}`)} – as expected again, ${wordsFor(notification).moved} since ${began(open, notification)}`,
  );
}

function stillOpen(notification: Notification, note?: string): Text[] {
  const { members, kind, incident } = notification;
  const open = openOf(members);
  const segments = stillOff(members).length - 1;
  if (kind === "app" && incident.resolvedAt === undefined && stateOf(notification) === "open")
    return openHeadlines(
      { ...notification, incident: { ...incident, severity: severityOf(members) } },
      text`${titleOf(notification)} (and ${counted(segments, "segment")})`,
      note,
    );
  const lead = strong(text`${severityWords(severityOf(members), note)}: ${whatIsLeft(notification, open)}`);
  const { unit } = notification.watch.series;
  const [from, to] = [firstBucket(open), lastBucket(open)];
  const when = from < to ? { from: to, to, since: from } : { from, to };
  return LISTED.flatMap((most) => {
    const line = text`${lead} – ${namesWithChanges(open, most)}`;
    return [text`${line} (${span(when, unit)})`, ...(most === 1 ? [line, [lead]] : [])];
  });
}

/** `3 watches down`, `1 of 3 watches still down`, `sessions down almost everywhere (12 of 14 watches)`. */
function whatIsLeft(notification: Notification, open: readonly Member[]): string {
  const { members, kind, watched } = notification;
  const { moved } = wordsFor(notification);
  const all = stillOff(members).length;
  if (open.length < all) return `${count(open.length)} of ${counted(all, "watch")} still ${moved}`;
  if (kind !== "everything") return `${counted(all, "watch")} ${moved}`;
  const nouns = new Set(members.map(({ watch }) => metricOf(watch.series).noun[1]));
  const what = nouns.size === 1 ? `${[...nouns][0]} ${moved}` : moved;
  const of =
    watched.watches > all ? `${count(all)} of ${counted(watched.watches, "watch")}` : counted(all, "watch");
  return `${what} almost everywhere (${of})`;
}

/** `down for 5 hours from Tue 12 PM, about 1,890 fewer sessions`. */
function whole(notification: Notification): Text {
  const { members } = notification;
  const difference = differenceTogether(stillOff(members));
  return text`${wordsFor(notification).moved} for ${durationOf(notification)} from ${began(members, notification)}${difference ? `, ${difference}` : ""}`;
}

/** From the first bucket of the first incident to the last bucket of the last. */
export function durationOf({ members, watch: { series } }: Notification): string {
  const last = Math.max(...stillOff(members).map(({ incident }) => incident.lastAnomalousBucket));
  return lasting((last + stepOf(series.unit) - firstBucket(members)) / HOUR, series.unit);
}

/**
 * `☑️ No drop after all: a, b. Braze corrected the hours since 13:00, and they are as expected`. @param since the
 * retracted incidents that people were not notified of yet, or all
 */
export function retracted(notification: Notification, since: readonly Member[], most = 5): Text {
  const gone = notification.members.filter(isRetracted);
  return text`${strong(text`☑️ No ${wordsFor(notification).noun} after all: ${names(gone, most)}`)}. Braze corrected the ${unitOf(notification)}s since ${began(since, notification)}, and they are as expected`;
}

const began = (members: readonly Member[], notification: Notification): Part =>
  time(firstBucket(members), unitOf(notification));
