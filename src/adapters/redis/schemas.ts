import { z } from "zod";
import type { NotEvaluatedReason } from "../../detector/verdict.ts";
import type { Failure } from "../../errors.ts";
import type { AlertGroup } from "../../incidents/alert-group.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Spending } from "../../notifications/alert-limit.ts";
import type { Mute, MuteScope } from "../../notifications/mute.ts";
import type { Overflow } from "../../notifications/overflow.ts";
import type { NotificationLogEntry } from "../../pipeline/ports/messages.ts";
import type { FailureReport } from "../../pipeline/ports/ops.ts";
import type { App } from "../../series/app.ts";
import type { Progress } from "../../series/due.ts";
import type { Exclusion } from "../../series/excluded-hours.ts";
import type { PlannedEvent } from "../../series/planned-events.ts";
import type { Watch } from "../../settings/watch.ts";
import { canonicalPlace } from "../../time/holidays.ts";
import { canonicalZone } from "../../time/zone.ts";

const text = z.string().min(1);
/**
 * An id that Tidewatch made: 43 characters for a watch, 20 more for its incidents. Slack's select options cannot hold
 * longer ones.
 */
const ownId = text.max(100);
/** Later instants, from about the year 100,000, cannot be formatted as dates. */
const FARTHEST = 3e15;
export const instant = z.number().min(-FARTHEST).max(FARTHEST);
const severity = z.enum(["warning", "critical"]);

/** A watch as it is stored. */
export const watchSchema: z.ZodType<Watch> = z.object({
  id: ownId,
  series: z.object({
    workspace: text,
    app: text.exactOptional(),
    segment: text.exactOptional(),
    unit: z.enum(["hour", "day"]),
  }),
  appName: text,
  segmentName: text.exactOptional(),
  channel: text,
  createdAt: instant,
  direction: z.enum(["drop", "spike", "both"]),
  sensitivity: z.union([
    z.enum(["low", "normal", "high"]),
    z.object({ alertsPerMonth: z.number().positive() }),
  ]),
  minRelativeChange: z.number(),
  minAbsoluteChange: z.number(),
  quiet: z
    .object({
      from: z.number(),
      to: z.number(),
      days: z.array(z.number().int()).exactOptional(),
      critical: z.boolean(),
    })
    .exactOptional(),
  owner: text.exactOptional(),
  runbook: text.exactOptional(),
  thresholdAdjustment: z.number().exactOptional(),
});

const score = z.object({
  observed: z.number(),
  expected: z.number(),
  low: z.number(),
  high: z.number(),
  anomalyScore: z.number(),
  window: z.number(),
  hasRecovered: z.boolean(),
});

const labelling = z.object({
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
  lastAnomalousBucket: instant,
  lastBucket: instant,
  severity,
  latest: score,
  worst: score,
  balance: z.number(),
  expected: z.number(),
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
      acknowledgedBy: text.exactOptional(),
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

/** The segments of a workspace, as they are stored. */
export const segmentsSchema = z.object({
  at: instant,
  segments: z.array(z.object({ id: text, name: text, isTracked: z.boolean() })),
});

/** The canonical name; an unknown name stays, so that a later check refuses it. */
const known = (canonical: (name: string) => string | undefined) =>
  text.transform((name) => canonical(name) ?? name);

/** An app as it is stored. */
export const appSchema: z.ZodType<App> = z.object({
  workspace: text,
  app: text,
  name: text,
  zone: known(canonicalZone).exactOptional(),
  country: known(canonicalPlace).exactOptional(),
});

const limit = { messages: z.number(), within: z.number() };

/** The spending of a channel's alert limit as it is stored. */
export const spendingSchema: z.ZodType<Spending> = z.object({
  id: text,
  spent: z.array(z.object({ alertGroupId: text, watches: z.array(text), at: instant })),
  overflow: z.object({ id: text, since: instant }).exactOptional(),
  version: z.number().int().positive(),
});

/** An overflow summary as it is stored. */
export const overflowSchema: z.ZodType<Overflow> = z.object({
  id: text,
  channel: text,
  since: instant,
  entries: z.array(
    z.object({ alertGroupId: text, reached: z.object({ of: z.enum(["watch", "channel"]), ...limit }) }),
  ),
  posting: instant.exactOptional(),
  ref: z.object({ channel: text, ts: text }).exactOptional(),
  editedAt: instant.exactOptional(),
  version: z.number().int().positive(),
});

/** The scope of a mute as it is stored. */
export const muteScope: z.ZodType<MuteScope> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("watch"), watch: text }),
  z.object({ kind: z.literal("app"), workspace: text, app: text }),
  z.object({ kind: z.literal("channel"), channel: text }),
]);

/** A mute as it is stored. */
export const muteSchema: z.ZodType<Mute> = z.object({
  scope: muteScope,
  by: text,
  at: instant,
  until: z.union([instant, z.literal("recovery")]),
  incidents: z.array(text),
});

/** A planned event as it is stored. */
export const eventSchema: z.ZodType<PlannedEvent> = z.object({
  id: text,
  name: text,
  from: instant,
  to: instant,
  scope: z.object({ workspace: text.exactOptional(), app: text.exactOptional() }),
  by: text,
  at: instant,
});

/** An exclusion as it is stored. */
export const exclusionSchema: z.ZodType<Exclusion> = z.object({
  id: text,
  seriesId: text,
  from: instant,
  to: instant,
  because: z.enum(["hand", "label", "new-level"]),
  by: text,
  at: instant,
});

/** The progress of a series as it is stored. */
export const progressSchema: z.ZodType<Progress> = z.object({
  evaluatedThrough: instant.exactOptional(),
  collectedThrough: instant.exactOptional(),
  notBefore: instant.exactOptional(),
  heldUntil: instant.exactOptional(),
  awaited: z.array(instant).exactOptional(),
  notEvaluated: z
    .object({
      since: instant,
      through: instant,
      because: text.transform((word) => word as NotEvaluatedReason),
    })
    .exactOptional(),
});

/** An entry of the notification log as it is stored. */
export const notificationLogSchema: z.ZodType<NotificationLogEntry> = z.union([
  z.object({ state: z.enum(["sending", "unknown"]), since: instant, token: text.exactOptional() }),
  z.object({ state: z.literal("sent"), channel: text, ts: text }),
]);

/** A failure as it is stored. */
export const failureSchema: z.ZodType<FailureReport> = z.object({
  failure: text.transform((word) => word as Failure),
  message: z.string(),
  advice: z.string(),
  since: instant,
  refused: z.object({ at: instant, place: text }).exactOptional(),
});
