import { z } from "zod";
import type { Incident } from "../../core/incident.ts";
import type { Watch } from "../../core/watch.ts";

const unit = z.enum(["hour", "day"]);
const direction = z.enum(["drop", "spike"]);
const severity = z.enum(["warning", "critical"]);

/** What a stored watch looks like. */
export const watchShape = z.object({
  id: z.string().min(1),
  series: z.object({
    workspace: z.string().min(1),
    app: z.string().optional(),
    segment: z.string().optional(),
    unit,
  }),
  appName: z.string(),
  segmentName: z.string().optional(),
  channel: z.string().min(1),
  createdAt: z.number(),
  direction: z.enum(["drop", "spike", "both"]),
  sensitivity: z.union([
    z.enum(["low", "normal", "high"]),
    z.object({ alertsPerMonth: z.number().positive() }),
  ]),
  minRelativeChange: z.number().min(0),
  minAbsoluteChange: z.number().min(0),
}) as unknown as z.ZodType<Watch>;

const score = z.looseObject({
  observed: z.number(),
  expected: z.number(),
  low: z.number(),
  high: z.number(),
  surprise: z.number(),
  window: z.number(),
  insideBand: z.boolean(),
});

/** What a stored incident looks like. */
export const incidentShape = z.looseObject({
  id: z.string().min(1),
  watchId: z.string().min(1),
  direction,
  openedAt: z.number(),
  lastAnomalousBucket: z.number(),
  lastBucket: z.number(),
  severity,
  latest: score,
  worst: score,
  balance: z.number(),
  resolvedAt: z.number().optional(),
  told: z
    .object({
      severity,
      resolved: z.boolean(),
      bucket: z.number(),
      at: z.number(),
      channel: z.string(),
      ts: z.string(),
    })
    .optional(),
  version: z.number().int().min(1),
}) as unknown as z.ZodType<Incident>;
