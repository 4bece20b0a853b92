import { isRetracted, type Member } from "../incidents/alert-group.ts";
import { beganAt, isEasing } from "../incidents/incident.ts";
import type { Limit, Reached } from "../notifications/alert-limit.ts";
import type { OverflowMember, OverflowNotification } from "../notifications/overflow.ts";
import { DAY, HOUR } from "../time/time.ts";
import { openOf, severityOf } from "./group-members.ts";
import { severityWords } from "./headlines.ts";
import { depthOf, titleOf, wordsFor } from "./incidents.ts";
import { count, counted } from "./numbers.ts";
import { joined, type Text, text, time } from "./text.ts";

/** All that the message for the alerts beyond the limit says. */
export interface OverflowText {
  /** How many incidents, and which limit was reached. */
  readonly headline: Text;
  /** The headline with the newest incidents on a phone, in fewer and fewer words. */
  readonly summaries: readonly Text[];
  readonly lines: readonly Text[];
  readonly footer: readonly string[];
}

/** The maximum incidents in the message itself. The others are listed in its thread. */
const LISTED = 10;

/** The maximum incidents in the summary. */
const SUMMARIZED = 2;

/** One message for the alerts beyond the limit. */
export function overflowText(notification: OverflowNotification): OverflowText {
  const { members, reached } = notification;
  const shown = members.slice(-LISTED).toReversed();
  const others = members.length - shown.length;
  return {
    headline: headline(notification),
    summaries: summaries(notification, shown),
    lines: [
      ...shown.map((member) => text`• ${overflowLine(member)}`),
      ...(others > 0 ? [[`and ${count(others)} earlier: see the thread`]] : []),
    ],
    footer: reached.map(limitWords),
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

function headline(notification: OverflowNotification): Text {
  const { reached, overflow } = notification;
  return text`${lead(notification)} since ${time(overflow.since)}, ${whyListed(reached)}`;
}

/** `🔴 Critical: 3 more incidents (2 open)`. */
function lead({ members, reached }: OverflowNotification): string {
  const open = openOf(members);
  const what = counted(members.length, isOfSlack(reached) ? "incident" : "more incident");
  if (open.length === 0) return `✅ Resolved: ${what}`;
  return `${severityWords(severityOf(open))}: ${what}${open.length < members.length ? ` (${count(open.length)} open)` : ""}`;
}

/** The newest incidents, as many as a phone has room for. */
function summaries(notification: OverflowNotification, shown: readonly OverflowMember[]): Text[] {
  const limits = whyListed(notification.reached);
  return [
    ...[SUMMARIZED, 1].map(
      (most) =>
        text`${lead(notification)} ${limits}: ${joined(shown.slice(0, most).map(overflowEntry), "; ")}`,
    ),
    text`${lead(notification)} ${limits}`,
  ];
}

/** `iOS · New users down 62% at worst`. */
const overflowEntry = (member: Member): Text =>
  text`${titleOf(member)} ${wordsFor(member).moved} ${depthOf(member)}`;

/** `iOS · New users down 62% at worst since Tue 16 Jun 12:00 UTC, critical`. */
const overflowLine = (member: Member & Partial<OverflowMember>): Text =>
  text`${overflowEntry(member)} since ${time(beganAt(member.incident), member.watch.series.unit)}, ${stateOf(member)}${member.isApart ? ", now in its own message" : ""}`;

function stateOf({ incident }: Member): string {
  if (isRetracted({ incident })) return "retracted";
  if (incident.resolvedAt !== undefined) return "resolved";
  return isEasing(incident) ? "recovering" : incident.severity;
}

const isOfSlack = (reached: readonly Reached[]): boolean => reached.every(({ of }) => of === "slack");

/** Why incidents are in a summary and not in messages of their own. */
const whyListed = (reached: readonly Reached[]): string =>
  isOfSlack(reached)
    ? "sent to other destinations while Slack took no messages"
    : `over the alert limit of ${reached.map(limit).join(" and ")}`;

/** `10 messages a day`. */
const limit = ({ of, ...reached }: Reached): string =>
  `${counted(reached.messages, "message")} ${per(reached)}${of === "watch" ? " for one watch" : ""}`;

function per({ within }: Limit): string {
  if (within === DAY) return "a day";
  return within === HOUR ? "an hour" : `in ${counted(within / HOUR, "hour")}`;
}

function limitWords(reached: Reached): string {
  if (reached.of === "slack") return "They were over before Slack took messages again";
  return reached.of === "watch"
    ? `Limit for one watch: ${limit({ ...reached, of: "channel" })}`
    : `Limit for this channel: ${limit(reached)}`;
}
