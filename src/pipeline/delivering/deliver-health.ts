import { healthCheck, healthIssueKinds, isNotice } from "../../health/checks.ts";
import { decideHealthIssue, type HealthIssue } from "../../health/health-issue.ts";
import { decideDelivery, isDone, type Sent, type Subject } from "../../notifications/delivery.ts";
import { healthAlert } from "../../text/outside-alert.ts";
import type { Context } from "../context.ts";
import type { Destination } from "../ports/destinations.ts";
import type { OutboxEntry } from "../ports/incidents.ts";
import { deliveryOf } from "./delivery-of.ts";
import { type Fallback, noteOf } from "./fallback.ts";
import { sendOnce } from "./send-once.ts";

/** The group key of health issues in the outbox of a destination; no alert group can have it. */
export const HEALTH = "health";

const keyOf = ({ id, firstSeen }: HealthIssue): string =>
  `${HEALTH}/${id}@${new Date(firstSeen).toISOString().slice(0, 16)}`;

/** Puts the health issues that Slack cannot show into the outbox of a destination. Safe to repeat. */
export async function addHealthIssues(
  name: string,
  pending: ReadonlyMap<string, OutboxEntry>,
  { healthIssues, deliveries, clock }: Context,
): Promise<void> {
  const now = clock();
  for (const issue of await healthIssues.all()) {
    const isNews =
      !isNotice(issue) &&
      "notify" in decideHealthIssue(issue, issue.lastNotified, now) &&
      !issue.lastNotified;
    if (isNews && !pending.has(keyOf(issue))) await deliveries.add(name, keyOf(issue), HEALTH);
  }
}

/** Sends a health issue, and later its end, to a destination. */
export async function deliverHealth(
  key: string,
  entry: OutboxEntry,
  { destination, fallback }: { readonly destination: Destination; readonly fallback: Fallback | undefined },
  context: Context,
): Promise<Sent | undefined> {
  const { healthIssues, deliveries, clock, ops } = context;
  const found = (await healthIssues.all()).find((issue) => keyOf(issue) === key);
  const delivery = await deliveryOf(key, destination, context);
  const last = delivery.sending ?? delivery.sent;
  const subject: Subject = {
    id: key,
    severity:
      (found && healthCheck(found.kind).isVital) || last?.severity === "critical" ? "critical" : "warning",
    isOver: !found || found.overAt !== undefined,
    needsAction: found !== undefined && found.overAt === undefined,
    isAcknowledged: false,
  };
  const due = new Set(fallback ? [key] : []);
  const next = decideDelivery(delivery, { subjects: [subject], due, now: clock() });
  const issue = found ?? endedOf(key, delivery.noticedAt, clock());
  if (next && issue && clock() >= (delivery.notBefore ?? 0)) {
    const names = { key, messageId: `${delivery.id}/${next.action}/${next.at}` };
    const note = noteOf(fallback, ops.zone);
    const alert = healthAlert(issue, next, names, { zone: ops.zone, ...(note && { note }) });
    await sendOnce(delivery, next, alert, destination, context);
  }
  const after = (await deliveries.byId(delivery.id)) ?? delivery;
  if (isDone(after, [subject])) await deliveries.remove(destination.name, key, entry);
  return next;
}

/** A health issue that is over and forgotten: its name says what it was. */
function endedOf(key: string, since: number, now: number): HealthIssue | undefined {
  const [, id = ""] = new RegExp(`^${HEALTH}/(.+)@`).exec(key) ?? [];
  const kind = kindsByLength.find((one) => id === one || id.startsWith(`${one}.`));
  if (!kind) return undefined;
  const what = [id.slice(kind.length + 1) || id];
  const times = { since, firstSeen: since, lastSeen: now, overAt: now };
  return { id, kind, what, detail: "it is over", advice: "", grace: 0, ...times };
}

const kindsByLength = healthIssueKinds.toSorted((a, b) => b.length - a.length);
