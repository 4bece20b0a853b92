import type { Exclusion } from "../../series/excluded-hours.ts";
import type { PlannedEvent } from "../../series/planned-events.ts";

/** Planned events, by id. Past events stay until they are removed. */
export interface EventStore {
  /** Ascending by start. */
  all(): Promise<PlannedEvent[]>;
  /** Adds or replaces. */
  save(event: PlannedEvent): Promise<void>;
  /** Returns whether it existed. */
  remove(id: string): Promise<boolean>;
}

/** The excluded buckets of each series. */
export interface ExclusionStore {
  /** Ascending by their first bucket. */
  of(seriesId: string): Promise<Exclusion[]>;
  /** Those of all series, series by series. */
  all(): Promise<Exclusion[]>;
  /** Adds or replaces. */
  save(exclusion: Exclusion): Promise<void>;
  /** Returns whether it existed. */
  remove(seriesId: string, id: string): Promise<boolean>;
}
