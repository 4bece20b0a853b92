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

/** A limit that was reached, and whose it was. */
export interface Reached extends Limit {
  readonly of: "watch" | "channel";
}

/** A message that the limits allowed. */
export interface Spent {
  readonly alertGroupId: string;
  /** The watches whose incidents it shows. */
  readonly watches: readonly string[];
  readonly at: Instant;
}

/** The recent messages of a channel that count against its alert limit, and its present overflow summary. */
export interface Spending {
  /** The channel id. */
  readonly id: string;
  readonly spent: readonly Spent[];
  /** The overflow summary that takes alerts beyond the limit, and when it began. */
  readonly overflow?: { readonly id: string; readonly since: Instant };
  /** Raised by each write; the store refuses a write based on an older version. */
  readonly version: number;
}

/** Whether an alert group gets a message, or which summary lists it and why; and the spending after that. */
export type Admission =
  | { readonly to: "message"; readonly spending: Spending }
  | {
      readonly to: "digest";
      readonly spending: Spending;
      readonly overflowId: string;
      readonly reached: Reached;
    };

/** How long an overflow summary takes new alerts; then the next one begins. */
export const OVERFLOW_SPAN = DAY;

/** Asks the limits for a message for an alert group. Safe to repeat: an allowed group stays allowed. */
export function tryAcquire(
  spending: Spending,
  { id: alertGroupId }: Pick<AlertGroup, "id">,
  members: readonly Member[],
  alertLimits: AlertLimits,
  now: Instant,
): Admission {
  if (spending.spent.some((one) => one.alertGroupId === alertGroupId)) return { to: "message", spending };
  const watches = [...new Set(members.map(({ watch }) => watch.id))];
  const reached =
    limitReached("channel", alertLimits.channel, spending.spent, now) ??
    (members.some(isCritical) ? undefined : watchLimit(watches, alertLimits, spending, now));
  if (reached) return toOverflow(spending, reached, now);
  const lately = spending.spent.filter(({ at }) => now - at < longestOf(alertLimits));
  return { to: "message", spending: { ...spending, spent: [...lately, { alertGroupId, watches, at: now }] } };
}

/** A critical alert must not wait for what its watch posted about smaller ones. */
const isCritical = ({ incident }: Member): boolean =>
  incident.severity === "critical" && incident.resolvedAt === undefined;

// If only one of several watches has reached its limit, the others are not held back.
function watchLimit(
  watches: readonly string[],
  alertLimits: AlertLimits,
  { spent }: Spending,
  now: Instant,
): Reached | undefined {
  const each = watches.map((watch) =>
    limitReached(
      "watch",
      alertLimits.watch,
      spent.filter((one) => one.watches.includes(watch)),
      now,
    ),
  );
  return each.every((reached) => reached !== undefined) ? each[0] : undefined;
}

function limitReached(
  of: Reached["of"],
  limits: readonly Limit[],
  spent: readonly Spent[],
  now: Instant,
): Reached | undefined {
  const reached = limits.find(
    ({ messages, within }) => spent.filter(({ at }) => now - at < within).length >= messages,
  );
  return reached && { of, ...reached };
}

function toOverflow(spending: Spending, reached: Reached, now: Instant): Admission {
  const { overflow } = spending;
  if (overflow && now - overflow.since < OVERFLOW_SPAN)
    return { to: "digest", spending, overflowId: overflow.id, reached };
  const id = overflowId(spending.id, now);
  return { to: "digest", spending: { ...spending, overflow: { id, since: now } }, overflowId: id, reached };
}

const longestOf = ({ watch, channel }: AlertLimits): number =>
  Math.max(...[...watch, ...channel].map(({ within }) => within));

/**
 * Names an overflow summary by its channel and start.
 * @example overflowId("C0ALERTS1", Date.UTC(2026, 5, 16, 14, 5)); // => "C0ALERTS1.digest@2026-06-16T14:05"
 */
export const overflowId = (channel: string, since: Instant): string =>
  `${channel}.digest@${new Date(since).toISOString().slice(0, 16)}`;
