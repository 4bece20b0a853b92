import { createHmac, timingSafeEqual } from "node:crypto";
import { z } from "zod";
import type { RemoteAct } from "../../notifications/delivery.ts";

/** What somebody did with an alert in PagerDuty. */
export interface PagerDutyAct {
  /** The `dedup_key` of the alert. */
  readonly key: string;
  readonly act: RemoteAct;
}

const ACTIONS: Readonly<Record<string, RemoteAct["action"]>> = {
  "incident.acknowledged": "acknowledge",
  "incident.unacknowledged": "unacknowledge",
  "incident.resolved": "resolve",
};

const delivered = z.object({
  event: z.object({
    event_type: z.string(),
    occurred_at: z.iso.datetime({ offset: true }),
    // Left out, or null, where PagerDuty did something by itself.
    agent: z.object({ summary: z.string().nullish(), type: z.string().nullish() }).nullish(),
    data: z.object({ incident_key: z.string().nullish() }),
  }),
});

/** Somebody's own words are no longer than this in a message. */
const LONGEST_NAME = 80;

/**
 * Whether a webhook (v3) comes from PagerDuty: one of the signatures, of which there are several while a secret is
 * replaced, is that of the body.
 */
export function isSignedBy(secret: string, body: Buffer, header: string | undefined): boolean {
  const own = Buffer.from(`v1=${createHmac("sha256", secret).update(body).digest("hex")}`);
  return (header ?? "")
    .split(",")
    .map((signature) => Buffer.from(signature.trim()))
    .some((signature) => signature.length === own.length && timingSafeEqual(signature, own));
}

/** What a webhook is about; undefined for an event that concerns no alert of ours. */
export function readWebhook(body: Buffer): PagerDutyAct | undefined {
  const parsed = delivered.safeParse(jsonOf(body));
  if (!parsed.success) return undefined;
  const { event_type, occurred_at, agent, data } = parsed.data.event;
  const action = ACTIONS[event_type];
  if (!action || !data.incident_key) return undefined;
  // What Tidewatch itself sent comes back without a person.
  if (agent?.type !== "user_reference" && action !== "unacknowledge") return undefined;
  const by = (agent?.summary ?? "somebody").slice(0, LONGEST_NAME);
  return { key: data.incident_key, act: { action, by, at: Date.parse(occurred_at) } };
}

function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    return undefined;
  }
}
