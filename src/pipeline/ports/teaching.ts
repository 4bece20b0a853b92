import type { Exclusion } from "../../series/excluded-hours.ts";
import type { PlannedEvent } from "../../series/planned-events.ts";

/** What is planned, by id. Those that are over stay until they are removed. */
export interface EventStore {
  /** Ascending by when they begin. */
  all(): Promise<PlannedEvent[]>;
  /** Adds or replaces. */
  save(event: PlannedEvent): Promise<void>;
  /** Whether there was one. */
  remove(id: string): Promise<boolean>;
}

/** Which buckets of each series are no example. */
export interface ExclusionStore {
  /** Ascending by their first bucket. */
  of(seriesId: string): Promise<Exclusion[]>;
  /** Those of all series, series by series. */
  all(): Promise<Exclusion[]>;
  /** Adds or replaces. */
  save(exclusion: Exclusion): Promise<void>;
  /** Whether there was one. */
  remove(seriesId: string, id: string): Promise<boolean>;
}
