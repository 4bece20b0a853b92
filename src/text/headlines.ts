import type { Severity } from "../detector/verdict/verdict.ts";
import { beganAt } from "../incidents/incident.ts";
import type { Notification } from "../notifications/notification.ts";
import type { Watch } from "../settings/watch.ts";
import { stepOf } from "../time/time.ts";
import {
  correctedHours,
  depthOf,
  differenceOf,
  durationOf,
  levelOf,
  sinceWhen,
  stateOf,
  titleOf,
  whereNow,
  wordsFor,
} from "./incidents.ts";
import { calmNumbersOf, changeBy, type Numbers, nounOf, numbersOf, versus } from "./numbers.ts";
import { capital, span, strong, type Text, text } from "./text.ts";

/** The color of each severity. Its word always stands beside it. */
const MARKS: Readonly<Record<Severity, string>> = { warning: "🟠", critical: "🔴" };

/** `🔴 Critical`, or with a note `🔴 Critical, reopened`. */
export const severityWords = (severity: Severity, note?: string): string =>
  `${MARKS[severity]} ${severity === "critical" ? "Critical" : "Warning"}${note ? `, ${note}` : ""}`;

/**
 * The first line of a message about an incident, and the same in fewer and fewer words: severity with its color, what,
 * how much, the numbers, since when. @param note what is new about it, while it is open
 */
export function headlines(notification: Notification, note?: string): Text[] {
  const { noun } = wordsFor(notification);
  const title = titleOf(notification);
  switch (stateOf(notification)) {
    case "open":
      return openHeadlines(notification, title, note);
    case "easing":
      return withNumbers(
        notification,
        strong(text`🟢 Recovering: ${title} was ${wordsFor(notification).moved} ${depthOf(notification)}`),
        calmNumbersOf(notification.incident.latest),
      );
    case "resolved":
      return resolvedHeadlines(notification);
    case "settled":
      return [
        text`${strong(text`➡️ New normal: ${title}`)} – ${levelOf(notification)} (since ${sinceWhen(notification)})`,
        text`${strong(text`➡️ New normal: ${title}`)} – ${levelOf(notification)}`,
      ];
    case "retracted":
      return [
        text`${strong(text`☑️ No ${noun} after all: ${title}`)}. ${correctedHours(notification)}`,
        text`${strong(text`☑️ No ${noun} after all: ${title}`)}`,
      ];
    case "unwatched":
      return [
        text`${strong(text`⏹️ ${title}: ${whereNow(notification.incident.unwatched!)}`)}. The ${noun} was still open: ${depthOf(notification)}, since ${sinceWhen(notification)}`,
        text`${strong(text`⏹️ ${title}: ${whereNow(notification.incident.unwatched!)}`)}`,
      ];
    case "missed":
      return [
        text`${strong(text`✅ Already resolved: ${title}`)} – ${whole(notification)}, ${differenceOf(notification)}`,
        text`${strong(text`✅ Already resolved: ${title}`)} – ${whole(notification)}`,
      ];
  }
}

/** The first line of an open incident. @param title what it names */
export const openHeadlines = (notification: Notification, title: Text, note?: string): Text[] =>
  withNumbers(notification, strong(claim(notification, title, note)));

function claim({ incident }: Notification, title: Text, note?: string): Text {
  const by = changeBy(numbersOf(incident.latest), incident.direction);
  return text`${severityWords(incident.severity, note)}: ${title} ${wordsFor({ incident }).moved}${by ? ` ${by}` : ""}`;
}

function withNumbers(notification: Notification, lead: ReturnType<typeof strong>, calm?: Numbers): Text[] {
  const { incident, watch } = notification;
  const shown = calm ?? numbersOf(incident.latest);
  const to = incident.lastBucket;
  const from = to - (shown.buckets - 1) * stepOf(watch.series.unit);
  const numbers = text`${lead} – ${calm ? "now " : ""}${numbersWords(shown, watch)}`;
  const isLonger = beganAt(incident) < from;
  const { unit } = watch.series;
  return [
    ...(isLonger ? [text`${numbers} (${span({ from, to, since: beganAt(incident) }, unit)})`] : []),
    text`${numbers} (${span({ from, to }, unit)})`,
    numbers,
  ];
}

/** `610 vs 1,105–1,382 expected sessions`, `6,556 in the last 3 hours vs 8,700–11,900 expected sessions`. */
const numbersWords = (numbers: Numbers, { series }: Pick<Watch, "series">): string =>
  `${versus(numbers, series)} ${nounOf(series)}`;

function resolvedHeadlines(notification: Notification): Text[] {
  const { incident, watch } = notification;
  const lead = strong(text`✅ Resolved: ${titleOf(notification)} back to normal`);
  const numbers = numbersWords(calmNumbersOf(incident.latest), watch);
  const line = text`${lead} – ${numbers}. ${capital(whole(notification))}`;
  return [
    text`${line}, ${differenceOf(notification)}`,
    line,
    text`${lead}. ${capital(whole(notification))}`,
    text`${lead} – ${numbers}`,
  ];
}

/** `down for 3 hours from Tue 12 PM, 99% at worst`. */
const whole = (notification: Notification): Text =>
  text`${wordsFor(notification).moved} for ${durationOf(notification)} from ${sinceWhen(notification)}, ${depthOf(notification)}`;
