import type { KnownBlock } from "@slack/types";
import type { Member } from "../../../incidents/alert-group.ts";
import { isEasing } from "../../../incidents/incident.ts";
import type { Limit, Reached } from "../../../notifications/alert-limit.ts";
import type { OverflowMember, OverflowNotification } from "../../../notifications/overflow.ts";
import type { OverflowRenderer } from "../../../pipeline/ports/alert-limits.ts";
import type { Message } from "../../../pipeline/ports/messages.ts";
import { DAY, HOUR } from "../../../time/time.ts";
import { footer, section } from "../blocks/blocks.ts";
import { listed, messageOf } from "../blocks/lists.ts";
import { count, counted } from "../blocks/numbers.ts";
import { localTime, localWhen, plainWhen } from "../blocks/when.ts";
import { depthOf, titleOf, wordsFor } from "./facts.ts";

/** The maximum incidents in the message itself. The others are listed in its thread. */
const LISTED = 10;

/** One message for the alerts beyond the limit: their number, the limit that was reached, then one line each. */
export const overflowRenderer = (): OverflowRenderer => ({
  root(notification) {
    const { members, overflow, reached } = notification;
    const shown = members.slice(-LISTED).toReversed();
    const others = members.length - shown.length;
    const blocks: KnownBlock[] = [
      section(`*${headline(notification, localTime(overflow.since))}*`),
      section(
        [
          ...shown.map(line),
          ...(others > 0 ? [`and ${count(others)} before these: see the thread`] : []),
        ].join("\n"),
      ),
      footer([...reached.map(capital), `Digest ${overflow.id}`]),
    ];
    const named = shown.slice(0, 2).map(plainLine).join("; ");
    return messageOf(`${headline(notification, plainWhen(overflow.since, "hour"))}: ${named}`, blocks);
  },
  replies: ({ members, added }) =>
    // While the list is short, the message itself shows all of it.
    added.length === 0 || (added.length === members.length && members.length <= LISTED) ? [] : lists(added),
});

function headline({ members, reached }: OverflowNotification, since: string): string {
  const left = members.filter(({ incident }) => incident.resolvedAt === undefined).length;
  const state = left === 0 ? " (all over)" : left < members.length ? ` (${count(left)} open)` : "";
  return `🗂️ ${counted(members.length, "more incident")} since ${since}${state}, beyond the budget of ${reached.map(limit).join(" and ")}`;
}

const lists = (added: readonly Member[]): Message[] =>
  listed(`🗂️ ${counted(added.length, "more incident")}`, added.map(plainLine));

/** `• ⬇️ iOS · New users −62 % at worst since Tue 16 Jun 12:00 UTC, critical`. */
const line = (member: OverflowMember): string => `• ${lineOf(member, localWhen)}`;

const plainLine = (member: Member): string => lineOf(member, plainWhen);

function lineOf(member: Member & { isApart?: boolean }, when: typeof plainWhen): string {
  const { incident, watch } = member;
  const { arrow } = wordsFor(member);
  const since = when(incident.openedAt, watch.series.unit);
  return `${arrow} ${titleOf(member, 40)} ${depthOf(member)} since ${since}, ${stateOf(member)}`;
}

function stateOf({ incident, isApart = false }: Member & { isApart?: boolean }): string {
  const apart = isApart ? ", by now in a message of its own" : "";
  if (incident.retracted !== undefined) return `none after all${apart}`;
  if (incident.resolvedAt !== undefined) return `over${apart}`;
  return `${isEasing(incident) ? "easing" : incident.severity}${apart}`;
}

/** `10 messages a day`. */
const limit = ({ of, ...reached }: Reached): string =>
  `${counted(reached.messages, "message")} ${per(reached)}${of === "watch" ? " for one watch" : ""}`;

function per({ within }: Limit): string {
  if (within === DAY) return "a day";
  return within === HOUR ? "an hour" : `in ${counted(within / HOUR, "hour")}`;
}

const capital = (reached: Reached): string =>
  reached.of === "watch"
    ? `A watch may bring ${limit({ ...reached, of: "channel" })}`
    : `This channel takes ${limit(reached)}`;
