import type { Severity } from "../detector/verdict/verdict.ts";
import { isRetracted, type Member } from "../incidents/alert-group.ts";
import type { Instant } from "../time/time.ts";

/** What a destination is asked to do with an alert. */
export type DeliveryAction = "trigger" | "acknowledge" | "resolve";

/** What a destination was sent about an alert. */
export interface Sent {
  readonly action: DeliveryAction;
  readonly severity: Severity;
  /** The ids of what it is about: incidents, or a health issue. */
  readonly members: readonly string[];
  readonly at: Instant;
}

/** What somebody did with an alert at its destination. */
export interface RemoteAct {
  readonly action: "acknowledge" | "unacknowledge" | "resolve";
  readonly by: string;
  readonly at: Instant;
}

/** What one destination was sent about one alert group or health issue, so that nothing is sent twice. */
export interface Delivery {
  /** `pager/main.C0ALERTS1.hour.drop@2026-06-16T12`. */
  readonly id: string;
  readonly destination: string;
  /** The name of the alert at the destination; it stays the same. */
  readonly key: string;
  /** When Tidewatch first looked whether to send it. */
  readonly noticedAt: Instant;
  /** What is being sent, or may have arrived: written before it is sent. */
  readonly sending?: Sent;
  readonly sent?: Sent;
  /** Set when the destination refused it: not before then again. */
  readonly notBefore?: Instant;
  readonly remote?: RemoteAct;
  /** Set when it was sent because Slack took no messages. */
  readonly isFallback?: true;
  /** Raised by each write; the store refuses a write based on an older version. */
  readonly version: number;
}

/** The name of a delivery. */
export const deliveryId = (destination: string, key: string): string => `${destination}/${key}`;

/** What an alert is about, as far as a destination is concerned: an incident or a health issue. */
export interface Subject {
  readonly id: string;
  readonly severity: Severity;
  /** Whether it may not change any more. */
  readonly isOver: boolean;
  /** Whether somebody has to act on it. */
  readonly needsAction: boolean;
  readonly isAcknowledged: boolean;
  readonly reopenedAt?: Instant;
}

/** An incident, on which nobody has to act once it is over or labeled as something else than real. */
export function subjectOf(member: Member): Subject {
  const { id, severity, resolvedAt, labelled, unwatched, acknowledged, reopenedAt } = member.incident;
  const isOver = resolvedAt !== undefined || unwatched !== undefined || isRetracted(member);
  return {
    id,
    severity,
    isOver,
    needsAction: !isOver && (labelled === undefined || labelled.label === "real"),
    isAcknowledged: acknowledged !== undefined,
    ...(reopenedAt !== undefined && { reopenedAt }),
  };
}

/** How an alert stands. */
export interface Standpoint {
  readonly subjects: readonly Subject[];
  /** The ids of those that a route sends now. */
  readonly due: ReadonlySet<string>;
  readonly now: Instant;
  /** How often the destination wants an open alert repeated, in milliseconds. @default never */
  readonly repeatEvery?: number;
}

/** Compares how an alert stands with what its destination was sent. Undefined: there is nothing to send. */
export function decideDelivery(
  delivery: Pick<Delivery, "sent" | "sending" | "remote">,
  standpoint: Standpoint,
): Sent | undefined {
  const next = nextOf(delivery, standpoint);
  // A repetition keeps its name, so that the other side knows it.
  return next && delivery.sending && isRepeated(next, delivery.sending) ? delivery.sending : next;
}

function nextOf(
  { sent, sending, remote }: Pick<Delivery, "sent" | "sending" | "remote">,
  { subjects, due, now, repeatEvery }: Standpoint,
): Sent | undefined {
  // What may have arrived counts as sent when it comes to its end.
  const last = sending ?? sent;
  const open = subjects.filter(({ id, needsAction }) => needsAction && due.has(id));
  if (!last || last.action === "resolve") {
    const news = remote?.action === "resolve" ? open.filter((one) => isNewSince(one, last, remote)) : open;
    if (news.length > 0) return sentOf("trigger", open, undefined, now);
    return sending;
  }
  const known = subjects.filter((one) => last.members.includes(one.id) || open.includes(one));
  const left = known.filter(({ needsAction }) => needsAction);
  if (left.length === 0) return sentOf("resolve", known, last, now);
  const action = left.every(({ isAcknowledged }) => isAcknowledged) ? "acknowledge" : "trigger";
  const next = sentOf(action, known, last, now);
  const isNews =
    (action === "acknowledge" && last.action !== "acknowledge") ||
    (next.severity === "critical" && last.severity === "warning") ||
    next.members.length > last.members.length ||
    sending !== undefined;
  if (isNews) return next;
  return repeatEvery !== undefined && now - last.at >= repeatEvery
    ? { ...next, action: last.action }
    : undefined;
}

/** Whether something happened since a person closed the alert at its destination. */
const isNewSince = ({ id, severity, reopenedAt = 0 }: Subject, last: Sent | undefined, remote: RemoteAct) =>
  !last?.members.includes(id) ||
  reopenedAt > remote.at ||
  (severity === "critical" && last.severity === "warning");

function sentOf(
  action: DeliveryAction,
  subjects: readonly Subject[],
  last: Sent | undefined,
  at: Instant,
): Sent {
  const isCritical = subjects.some(({ severity }) => severity === "critical");
  return {
    action,
    severity: isCritical || last?.severity === "critical" ? "critical" : "warning",
    members: [...new Set([...(last?.members ?? []), ...subjects.map(({ id }) => id)])],
    at,
  };
}

/** Whether a destination is sent the same again. */
export const isRepeated = (one: Sent, other: Sent): boolean =>
  one.action === other.action &&
  one.severity === other.severity &&
  one.members.join() === other.members.join();

/** Whether a delivery needs no more looks: its end was sent, or there was nothing to send. */
export const isDone = (
  { sent, sending }: Pick<Delivery, "sent" | "sending">,
  subjects: readonly Subject[],
): boolean =>
  subjects.every(({ isOver }) => isOver) && !sending && (sent === undefined || sent.action === "resolve");
