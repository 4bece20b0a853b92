import { z } from "zod";
import type { AlertGroup } from "../../../incidents/alert-group.ts";
import type { Incident } from "../../../incidents/incident.ts";
import type { Labelling } from "../../../incidents/label.ts";
import type { LimitUsage } from "../../../notifications/alert-limit.ts";
import type { Delivery } from "../../../notifications/delivery.ts";
import type { Overflow } from "../../../notifications/overflow.ts";
import type { NotificationLogEntry } from "../../../pipeline/ports/messages.ts";
import { instant, ownId, text } from "../commands/fields.ts";
import { watchSchema } from "../settings/schemas.ts";

const severity = z.enum(["warning", "critical"]);

const range = z.object({ low: z.number(), high: z.number().exactOptional() });

const counts = z.object({ observed: z.number(), expected: z.number(), ...range.shape });

const score = z.object({
  ...counts.shape,
  anomalyScore: z.number(),
  window: z.number(),
  together: z.object({ buckets: z.number(), ...counts.shape }).exactOptional(),
  denominator: z.number().exactOptional(),
  alone: range.required(),
  hasRecovered: z.boolean(),
});

/** A label as it is stored. */
export const labelling: z.ZodType<Labelling> = z.object({
  label: z.enum(["real", "expected", "false-alarm", "new-normal"]),
  by: text,
  at: instant,
});

/** The watch was removed or moved, as it is stored. */
const unwatched = z.object({
  at: instant,
  by: text.exactOptional(),
  movedTo: text.exactOptional(),
  isUnconfigured: z.literal(true).exactOptional(),
  watch: watchSchema,
});

/** An incident as it is stored. */
export const incidentSchema: z.ZodType<Incident> = z.object({
  id: ownId,
  watchId: text,
  direction: z.enum(["drop", "spike"]),
  openedAt: instant,
  began: instant.exactOptional(),
  lastAnomalousBucket: instant,
  lastBucket: instant,
  severity,
  latest: score,
  worst: score,
  balance: z.number(),
  expected: z.number(),
  recovery: z
    .object({ balance: z.number(), expected: z.number(), evidence: z.number(), power: z.number() })
    .exactOptional(),
  resolvedAt: instant.exactOptional(),
  retracted: instant.exactOptional(),
  reopenedAt: instant.exactOptional(),
  alertGroupId: text.exactOptional(),
  lastNotified: z
    .object({
      severity,
      resolved: z.boolean(),
      bucket: instant,
      at: instant,
      notifiedAt: instant.exactOptional(),
      newsAt: instant.exactOptional(),
      reopeningShownAt: instant.exactOptional(),
      acknowledgedBy: text.exactOptional(),
      muted: text.exactOptional(),
      balance: z.number().exactOptional(),
      retracted: z.literal(true).exactOptional(),
      labelled: labelling.exactOptional(),
      channel: text,
      ts: text,
    })
    .exactOptional(),
  suppressed: z
    .object({ because: z.enum(["muted", "quiet-hours"]), at: instant, until: instant.exactOptional() })
    .exactOptional(),
  acknowledged: z.object({ by: text, at: instant }).exactOptional(),
  labelled: labelling.exactOptional(),
  notes: z.array(z.object({ by: text, at: instant, text, ts: text })).exactOptional(),
  accepted: z.object({ by: text, at: instant, bucket: instant }).exactOptional(),
  unwatched: unwatched.exactOptional(),
  version: z.number().int().positive(),
});

/** An alert group as it is stored. */
export const alertGroupSchema: z.ZodType<AlertGroup> = z.object({
  id: text,
  groupKey: text,
  openedAt: instant,
  members: z.array(text),
  moved: z.array(unwatched.extend({ incidentId: text, isShown: z.boolean() })).exactOptional(),
  overflowId: text.exactOptional(),
  ref: z.object({ channel: text, ts: text }).exactOptional(),
  chartImage: z.record(z.string(), z.unknown()).exactOptional(),
  version: z.number().int().positive(),
});

const limit = { messages: z.number(), within: z.number() };

/** The usage of a channel's alert limit as it is stored. */
export const limitUsageSchema: z.ZodType<LimitUsage> = z.object({
  id: text,
  counted: z.array(z.object({ alertGroupId: text, watches: z.array(text), at: instant })),
  overflow: z.object({ id: text, since: instant }).exactOptional(),
  version: z.number().int().positive(),
});

/** An overflow summary as it is stored. */
export const overflowSchema: z.ZodType<Overflow> = z.object({
  id: text,
  channel: text,
  since: instant,
  entries: z.array(
    z.object({
      alertGroupId: text,
      reached: z.object({ of: z.enum(["watch", "channel", "slack"]), ...limit }),
    }),
  ),
  posting: instant.exactOptional(),
  ref: z.object({ channel: text, ts: text }).exactOptional(),
  editedAt: instant.exactOptional(),
  version: z.number().int().positive(),
});

const sent = z.object({
  action: z.enum(["trigger", "acknowledge", "resolve"]),
  severity,
  members: z.array(text),
  at: instant,
});

/** What a destination was sent, as it is stored. */
export const deliverySchema: z.ZodType<Delivery> = z.object({
  id: text,
  destination: text,
  key: text,
  noticedAt: instant,
  sending: sent.exactOptional(),
  sent: sent.exactOptional(),
  notBefore: instant.exactOptional(),
  remote: z
    .object({ action: z.enum(["acknowledge", "unacknowledge", "resolve"]), by: text, at: instant })
    .exactOptional(),
  isFallback: z.literal(true).exactOptional(),
  version: z.number().int().positive(),
});

/** An entry of the notification log as it is stored. */
export const notificationLogSchema: z.ZodType<NotificationLogEntry> = z.union([
  z.object({ state: z.enum(["sending", "unknown"]), since: instant, token: text.exactOptional() }),
  z.object({ state: z.literal("sent"), channel: text, ts: text }),
]);
