import { isRetracted, type Member, sizeOf } from "../incidents/alert-group.ts";
import { isNewNormal } from "../incidents/incident.ts";
import { titleOf, whereNow, wordsFor } from "./incidents.ts";
import { change, count, ofMetric } from "./numbers.ts";
import { joined, type Text, text } from "./text.ts";

/** Whether it resolved. */
export const isOver = ({ incident }: Pick<Member, "incident">): boolean => incident.resolvedAt !== undefined;

/** What these lost together. What an app lost already includes what its segments lost. */
export const sumOf = (members: readonly Member[]): number =>
  summed(members).reduce((sum, member) => sum + sizeOf(member), 0);

// The sum of all apps stands for the others if it is in the group; otherwise whole apps stand for their segments.
function summed(members: readonly Member[]): readonly Member[] {
  const all = members.filter(({ watch: { series } }) => !series.app && !series.segment);
  if (all.length > 0) return all;
  const apps = new Set(
    members.filter(({ watch }) => !watch.series.segment).map(({ watch }) => watch.series.app),
  );
  return members.filter(({ watch: { series } }) => !series.segment || !apps.has(series.app));
}

/** `• iOS · New users: −62%, 610 sessions lost (41% of all), critical`. @param whole what all lost together */
export function line(member: Member, whole: number): Text {
  const share =
    whole > 0 && member.watch.series.segment
      ? ` (${Math.min(100, Math.round((100 * sizeOf(member)) / whole))}% of all)`
      : "";
  return text`• ${memberWords(member)}${share}${endOfMember(member)}`;
}

/** `iOS · New users: −62%, 610 sessions lost`. */
export const memberWords = (member: Member): Text =>
  text`${titleOf(member)}: ${change(member.incident.worst) ?? "none were expected"}, ${ofMetric(sizeOf(member), member.watch.series)} ${wordsFor(member).lost}`;

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

/** The names of the open ones. */
export const open = (members: readonly Member[]): Text => names(members.filter((member) => !isOver(member)));

/** Whether it is open and nobody takes care of it. */
export const isNotAcknowledged = (member: Member): boolean =>
  !isOver(member) && !member.incident.acknowledged;

/** The names of the open critical ones. */
export const critical = (members: readonly Member[]): Text =>
  names(members.filter((member) => member.incident.severity === "critical" && !isOver(member)));

/** At most five names, the largest first. */
export function names(members: readonly Member[]): Text {
  const shown = joined(bySize(members).slice(0, 5).map(titleOf), ", ");
  return members.length > 5 ? text`${shown} and ${count(members.length - 5)} more` : shown;
}

/** The largest first. */
export const bySize = (members: readonly Member[]): Member[] =>
  members.toSorted((a, b) => sizeOf(b) - sizeOf(a));

/** The incidents that are open or were not retracted; all of them if there are none. */
export function stillOff(members: readonly Member[]): readonly Member[] {
  const left = members.filter((member) => !isRetracted(member));
  return left.length > 0 ? left : members;
}

/** The bucket in which the first of them opened. */
export const firstBucket = (members: readonly Member[]): number =>
  Math.min(...stillOff(members).map(({ incident }) => incident.openedAt));

/** An incident in a long list: its name with its deviation. */
export function entry(member: Member): Text {
  const by = change(member.incident.worst);
  return text`${titleOf(member)}${by ? ` ${by}` : ""}`;
}
