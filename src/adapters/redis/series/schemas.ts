import { z } from "zod";
import type { NotEvaluatedReason } from "../../../detector/verdict/verdict.ts";
import type { Failure } from "../../../errors.ts";
import type { FailureReport } from "../../../pipeline/ports/ops.ts";
import type { Progress } from "../../../series/due.ts";
import type { IngestionDelay } from "../../../series/ingestion-delay.ts";
import { instant, text } from "../commands/fields.ts";

/** The segments of a workspace, as they are stored. */
export const segmentsSchema = z.object({
  at: instant,
  segments: z.array(z.object({ id: text, name: text, isTracked: z.boolean() })),
});

/** The custom events, products, campaigns or Canvases of a workspace, as they are stored. */
export const itemsSchema = z.object({ at: instant, items: z.array(z.object({ id: text, name: text })) });

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

/** A failure as it is stored. */
export const failureSchema: z.ZodType<FailureReport> = z.object({
  failure: text.transform((word) => word as Failure),
  message: z.string(),
  advice: z.string(),
  since: instant,
  refused: z.object({ at: instant, place: text }).exactOptional(),
});

/** The ingestion delay of a series as it is stored. */
export const ingestionDelaySchema: z.ZodType<IngestionDelay> = z.object({
  usual: z.number().min(0).max(1e12),
  spread: z.number().min(0).max(1e12),
});
