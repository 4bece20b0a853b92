import type { Severity } from "../detector/verdict/verdict.ts";
import { isRetracted, type Member, sizeOf } from "../incidents/alert-group.ts";
import { beganAt, isEasing, isNewNormal } from "../incidents/incident.ts";
import { type Measured, metricNameOf, metricTitle, summedOf, wordsOf } from "../metrics/metrics.ts";
import { depthOf, differenceOf, fewerOf, titleOf, whereNow, wordsFor } from "./incidents.ts";
import { amount, calmNumbersOf, change, changeBy, count, nounOf, numbersOf, versus } from "./numbers.ts";
import { joined, name, type Text, text } from "./text.ts";

/** Whether it resolved. */
export const isOver = ({ incident }: Pick<Member, "incident">): boolean => incident.resolvedAt !== undefined;

/**
 * What these lost together: `about 3,061 fewer sessions`. What an app lost already includes what its segments lost.
 * Undefined where they count different things.
 */
export function differenceTogether(members: readonly Member[]): string | undefined {
  const [first] = members;
  if (!first || new Set(members.map(({ watch }) => kindOf(watch.series))).size > 1) return undefined;
  const sum = summed(members).reduce((total, member) => total + sizeOf(member), 0);
  const counted = summedOf(first.watch.series);
  return `about ${amount(sum, counted)} ${fewerOf(first)} ${first.watch.series.per ? wordsOf(counted)[1] : nounOf(counted)}`;
}

/** Ratios are compared with the same ratio alone. */
const kindOf = (series: Measured): string => (series.per ? metricTitle(series) : metricNameOf(series));

// The sum of all apps stands for the others if it is in the group; otherwise whole apps stand for their segments.
function summed(members: readonly Member[]): readonly Member[] {
  const all = members.filter(({ watch: { series } }) => !series.app && !series.segment);
  if (all.length > 0) return all;
  const apps = new Set(
    members.filter(({ watch }) => !watch.series.segment).map(({ watch }) => watch.series.app),
  );
  return members.filter(({ watch: { series } }) => !series.segment || !apps.has(series.app));
}

/** `• iOS · New users down 62%: 610 vs 1,105–1,382 expected, about 630 fewer sessions (41% of the iOS loss), critical`. */
export const line = (member: Member, all: readonly Member[]): Text =>
  text`• ${isOver(member) ? overWords(member) : openWords(member)}, ${differenceWords(member)}${share(member, all)}${endOfMember(member)}`;

/** `iOS · New users down 62%: 610 vs 1,105–1,382 expected`. */
export function openWords(member: Member): Text {
  const { incident } = member;
  const { series } = member.watch;
  const numbers = isEasing(incident) ? calmNumbersOf(incident.latest) : numbersOf(incident.latest);
  const by = changeBy(numbers, incident.direction);
  const moved = isEasing(incident)
    ? ` was ${wordsFor(member).moved} ${depthOf(member)}, now `
    : ` ${wordsFor(member).moved}${by ? ` ${by}` : ""}: `;
  return text`${titleOf(member)}${moved}${versus(numbers, series)}`;
}

const overWords = (member: Member): Text =>
  text`${titleOf(member)} ${wordsFor(member).moved} ${depthOf(member)}`;

const differenceWords = (member: Member): string =>
  member.watch.series.per ? differenceOf(member) : `${differenceOf(member)} ${nounOf(member.watch.series)}`;

/** ` (24% of the iOS loss)`, of a segment whose app is among them. */
function share({ incident, watch }: Member, all: readonly Member[]): Text {
  const { app, workspace, segment } = watch.series;
  const whole = all.find(
    ({ watch: { series } }) =>
      series.workspace === workspace &&
      series.app === app &&
      !series.segment &&
      metricTitle(series) === metricTitle(watch.series),
  );
  if (!segment || !whole || sizeOf(whole) === 0) return [];
  const percent = Math.min(100, Math.round((100 * sizeOf({ incident, watch })) / sizeOf(whole)));
  const loss = incident.direction === "drop" ? "loss" : "gain";
  return text` (${percent < 1 ? "under 1" : String(percent)}% of the ${name(watch.appName)} ${loss})`;
}

/** `iOS · New users: −62% at worst, about 610 fewer sessions`. */
export const memberWords = (member: Member): Text =>
  text`${titleOf(member)}: ${wordsFor(member).moved} ${depthOf(member)}, ${differenceWords(member)}`;

function endOfMember(member: Member): Text {
  const { unwatched } = member.incident;
  if (unwatched) return text`, ${whereNow(unwatched)}`;
  const end = memberState(member);
  return end === "warning" ? [] : [`, ${end}`];
}

/** How an incident of a group stands, in a word. */
export function memberState(member: Pick<Member, "incident">): string {
  if (isRetracted(member)) return "retracted";
  if (isNewNormal(member.incident)) return "new normal";
  return isOver(member) ? "resolved" : member.incident.severity;
}

/** Whether its watch is gone. */
export const isUnwatched = ({ incident }: Member): boolean => incident.unwatched !== undefined;

/** The open ones. */
export const openOf = (members: readonly Member[]): Member[] => members.filter((member) => !isOver(member));

/** Whether it is open and nobody takes care of it. */
export const isNotAcknowledged = (member: Member): boolean =>
  !isOver(member) && !member.incident.acknowledged;

/** The open critical ones. */
export const criticalOf = (members: readonly Member[]): Member[] =>
  openOf(members).filter(({ incident }) => incident.severity === "critical");

/** The worst severity of the open ones. */
export const severityOf = (members: readonly Member[]): Severity =>
  criticalOf(members).length > 0 ? "critical" : "warning";

/** The names of some, the largest first. */
export const names = (members: readonly Member[], most = 5): Text => listOf(members, titleOf, most);

/** `iOS −100%, Web −90% and 2 more`, the largest first. */
export const namesWithChanges = (members: readonly Member[], most: number): Text =>
  listOf(members, entry, most);

function listOf(members: readonly Member[], words: (member: Member) => Text, most: number): Text {
  const shown = joined(bySize(members).slice(0, most).map(words), ", ");
  return members.length > most ? text`${shown} and ${count(members.length - most)} more` : shown;
}

/** The largest first. */
export const bySize = (members: readonly Member[]): Member[] =>
  members.toSorted((a, b) => sizeOf(b) - sizeOf(a));

/** The incidents that are open or were not retracted; all of them if there are none. */
export function stillOff(members: readonly Member[]): readonly Member[] {
  const left = members.filter((member) => !isRetracted(member));
  return left.length > 0 ? left : members;
}

/** The bucket in which the first of them began. */
export const firstBucket = (members: readonly Member[]): number =>
  Math.min(...stillOff(members).map(({ incident }) => beganAt(incident)));

/** The newest bucket of them. */
export const lastBucket = (members: readonly Member[]): number =>
  Math.max(...stillOff(members).map(({ incident }) => incident.lastBucket));

/** An incident in a long list: its name with its deviation, at worst once it is over. */
export function entry(member: Member): Text {
  const { worst, latest } = member.incident;
  const by = change(numbersOf(isOver(member) ? worst : latest));
  return text`${titleOf(member)}${by ? ` ${by}` : ""}`;
}
