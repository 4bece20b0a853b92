import { isRetracted, type Member } from "../incidents/alert-group.ts";
import { isEasing } from "../incidents/incident.ts";
import type { Limit, Reached } from "../notifications/alert-limit.ts";
import type { OverflowMember, OverflowNotification } from "../notifications/overflow.ts";
import { DAY, HOUR } from "../time/time.ts";
import { depthOf, titleOf, wordsFor } from "./incidents.ts";
import { count, counted } from "./numbers.ts";
import { joined, type Text, text, time } from "./text.ts";

/** All that the message for the alerts beyond the limit says. */
export interface OverflowText {
  /** How many incidents, and which limit was reached. */
  readonly headline: Text;
  /** The headline with the newest incidents, where it stands alone. */
  readonly summary: Text;
  readonly lines: readonly Text[];
  readonly footer: readonly string[];
}

/** The maximum incidents in the message itself. The others are listed in its thread. */
const LISTED = 10;

/** The maximum incidents in the summary. */
const SUMMARIZED = 2;

/** One message for the alerts beyond the limit. */
export function overflowText(notification: OverflowNotification): OverflowText {
  const { members, overflow, reached } = notification;
  const shown = members.slice(-LISTED).toReversed();
  const others = members.length - shown.length;
  return {
    headline: headline(notification),
    summary: text`${headline(notification)}: ${joined(shown.slice(0, SUMMARIZED).map(overflowLine), "; ")}`,
    lines: [
      ...shown.map((member) => text`• ${overflowLine(member)}`),
      ...(others > 0 ? [[`and ${count(others)} earlier: see the thread`]] : []),
    ],
    footer: [...reached.map(limitWords), `Overflow summary ${overflow.id}`],
  };
}

/** The list in the thread, of incidents that were added; undefined while the message itself shows all of it. */
export function overflowList({
  members,
  added,
}: Pick<OverflowNotification, "members" | "added">):
  | { readonly title: string; readonly entries: readonly Text[] }
  | undefined {
  if (added.length === 0 || (added.length === members.length && members.length <= LISTED)) return undefined;
  return { title: `🗂️ ${counted(added.length, "more incident")}`, entries: added.map(overflowLine) };
}

function headline({ members, reached, overflow }: OverflowNotification): Text {
  const left = members.filter(({ incident }) => incident.resolvedAt === undefined).length;
  const state = left === 0 ? " (all resolved)" : left < members.length ? ` (${count(left)} open)` : "";
  return text`🗂️ ${counted(members.length, "more incident")} since ${time(overflow.since)}${state}, over the alert limit of ${reached.map(limit).join(" and ")}`;
}

/** `⬇️ iOS · New users −62% at worst since Tue 16 Jun 12:00 UTC, critical`. */
const overflowLine = (member: Member & Partial<OverflowMember>): Text =>
  text`${wordsFor(member).arrow} ${titleOf(member)} ${depthOf(member)} since ${time(member.incident.openedAt, member.watch.series.unit)}, ${stateOf(member)}${member.isApart ? ", now in its own message" : ""}`;

function stateOf({ incident }: Member): string {
  if (isRetracted({ incident })) return "retracted";
  if (incident.resolvedAt !== undefined) return "resolved";
  return isEasing(incident) ? "recovering" : incident.severity;
}

/** `10 messages a day`. */
const limit = ({ of, ...reached }: Reached): string =>
  `${counted(reached.messages, "message")} ${per(reached)}${of === "watch" ? " for one watch" : ""}`;

function per({ within }: Limit): string {
  if (within === DAY) return "a day";
  return within === HOUR ? "an hour" : `in ${counted(within / HOUR, "hour")}`;
}

const limitWords = (reached: Reached): string =>
  reached.of === "watch"
    ? `Limit for one watch: ${limit({ ...reached, of: "channel" })}`
    : `Limit for this channel: ${limit(reached)}`;
