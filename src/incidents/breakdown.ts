import type { Counted } from "../metrics/metrics.ts";
import type { Bucket } from "../time/time.ts";
import type { Part } from "./attribution.ts";
import type { PartNumbers } from "./part-estimate.ts";

/** Another metric of the same app, and what it counts. */
export interface MetricPart extends Part {
  readonly counted: Counted;
}

/** What an incident is made of: read once, in the buckets that decided then. */
export interface Breakdown {
  /** The newest of these buckets. */
  readonly through: Bucket;
  /** The series of the incident itself. */
  readonly whole: Pick<PartNumbers, "observed" | "expected">;
  /** The apps of the workspace, or of the sum over them; none where fewer than two are known. */
  readonly apps: readonly Part[];
  /** The tracked segments of the app. */
  readonly segments: readonly Part[];
  /** Other metrics of the same app that are watched. */
  readonly metrics: readonly MetricPart[];
}
