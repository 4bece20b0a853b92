import type { AlertGroup, Member } from "../incidents/alert-group.ts";
import { DAY, HOUR, type Instant } from "../time/time.ts";

/** How many new messages may come within a time, in milliseconds. */
export interface Limit {
  readonly messages: number;
  readonly within: number;
}

/** The limits on new messages per watch and per channel; all of them apply. */
export interface AlertLimits {
  readonly watch: readonly Limit[];
  readonly channel: readonly Limit[];
}

/**
 * Incidents with one cause already share a message, so a watch that needs a fourth in a day is noisy, and a channel
 * that needs an eleventh is in a storm. The hourly limit leaves half of the daily one for what comes after a bad hour.
 */
export const defaultAlertLimits: AlertLimits = {
  watch: [{ messages: 3, within: DAY }],
  channel: [
    { messages: 5, within: HOUR },
    { messages: 10, within: DAY },
  ],
};

/** A limit that was reached, and whose it was; `slack`: Slack took no messages, and other destinations did. */
export interface Reached extends Limit {
  readonly of: "watch" | "channel" | "slack";
}

/** A message that the limits allowed. */
export interface CountedMessage {
  readonly alertGroupId: string;
  /** The watches whose incidents it shows. */
  readonly watches: readonly string[];
  readonly at: Instant;
}

/** The recent messages of a channel that count against its alert limit, and its present overflow summary. */
export interface LimitUsage {
  /** The channel id. */
  readonly id: string;
  readonly counted: readonly CountedMessage[];
  /** The overflow summary that takes alerts beyond the limit, and when it began. */
  readonly overflow?: { readonly id: string; readonly since: Instant };
  /** Raised by each write; the store refuses a write based on an older version. */
  readonly version: number;
}

/** Whether an alert group gets a message, or which summary lists it and why; and the usage after that. */
export type Admission =
  | { readonly to: "message"; readonly usage: LimitUsage }
  | {
      readonly to: "overflow";
      readonly usage: LimitUsage;
      readonly overflowId: string;
      readonly reached: Reached;
    };

/** How long an overflow summary takes new alerts; then the next one begins. */
export const OVERFLOW_SPAN = DAY;

/** Asks the limits for a message for an alert group. Safe to repeat: an allowed group stays allowed. */
export function tryAcquire(
  usage: LimitUsage,
  { id: alertGroupId }: Pick<AlertGroup, "id">,
  members: readonly Member[],
  alertLimits: AlertLimits,
  now: Instant,
): Admission {
  if (usage.counted.some((one) => one.alertGroupId === alertGroupId)) return { to: "message", usage };
  const watches = [...new Set(members.map(({ watch }) => watch.id))];
  const reached =
    limitReached("channel", alertLimits.channel, usage.counted, now) ??
    (members.some(isCritical) ? undefined : watchLimit(watches, alertLimits, usage, now));
  if (reached) return toOverflow(usage, reached, now);
  const lately = usage.counted.filter(({ at }) => now - at < longestOf(alertLimits));
  return { to: "message", usage: { ...usage, counted: [...lately, { alertGroupId, watches, at: now }] } };
}

/** A critical alert must not wait for what its watch posted about smaller ones. */
const isCritical = ({ incident }: Member): boolean =>
  incident.severity === "critical" && incident.resolvedAt === undefined;

// If only one of several watches has reached its limit, the others are not held back.
function watchLimit(
  watches: readonly string[],
  alertLimits: AlertLimits,
  { counted }: LimitUsage,
  now: Instant,
): Reached | undefined {
  const each = watches.map((watch) =>
    limitReached(
      "watch",
      alertLimits.watch,
      counted.filter((one) => one.watches.includes(watch)),
      now,
    ),
  );
  return each.every((reached) => reached !== undefined) ? each[0] : undefined;
}

function limitReached(
  of: Reached["of"],
  limits: readonly Limit[],
  counted: readonly CountedMessage[],
  now: Instant,
): Reached | undefined {
  const reached = limits.find(
    ({ messages, within }) => counted.filter(({ at }) => now - at < within).length >= messages,
  );
  return reached && { of, ...reached };
}

function toOverflow(usage: LimitUsage, reached: Reached, now: Instant): Admission {
  const { overflow } = usage;
  if (overflow && now - overflow.since < OVERFLOW_SPAN)
    return { to: "overflow", usage, overflowId: overflow.id, reached };
  const id = overflowId(usage.id, now);
  return { to: "overflow", usage: { ...usage, overflow: { id, since: now } }, overflowId: id, reached };
}

const longestOf = ({ watch, channel }: AlertLimits): number =>
  Math.max(...[...watch, ...channel].map(({ within }) => within));

/**
 * Names an overflow summary by its channel and start.
 * @example overflowId("C0ALERTS1", Date.UTC(2026, 5, 16, 14, 5)); // => "C0ALERTS1.overflow@2026-06-16T14:05"
 */
export const overflowId = (channel: string, since: Instant): string =>
  `${channel}.overflow@${new Date(since).toISOString().slice(0, 16)}`;
