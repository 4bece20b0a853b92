import type { AlertGroup } from "../../incidents/alert-group.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Bucket, Instant } from "../../time/time.ts";

/** Incidents; each changes only through a compare-and-set on its version. */
export interface IncidentStore {
  byId(id: string): Promise<Incident | undefined>;
  /** Incidents that may still change or need a notification. */
  live(watchId: string): Promise<Incident[]>;
  /** All that opened at or after `since`, oldest first. */
  since(watchId: string, since: Bucket): Promise<Incident[]>;
  /**
   * Writes `incident` with its version raised by one, if the stored version is `incident.version` (0: not stored).
   * Returns what is now stored, or undefined when another writer came first.
   */
  save(incident: Incident): Promise<Incident | undefined>;
}

/** Alert groups; each changes only through a compare-and-set on its version, like incidents. */
export interface AlertGroupStore {
  byId(id: string): Promise<AlertGroup | undefined>;
  /** Those of a group key that opened from `from` to `to`, oldest first. */
  near(groupKey: string, from: Bucket, to: Bucket): Promise<AlertGroup[]>;
  /** Writes with the version raised by one, or returns undefined when another writer came first. */
  save(alertGroup: AlertGroup): Promise<AlertGroup | undefined>;
}

/** An entry of the outbox. Each addition has its own token, so that removing one entry does not remove a later one. */
export interface OutboxEntry {
  readonly groupKey: string;
  readonly token: string;
}

/** How an incident is put into the outbox. */
export interface OutboxAdding {
  /** Added before the change that it announces: nobody removes it for a minute, so that a crash loses nothing. */
  readonly isAhead?: boolean;
  /** It may wait, so that incidents of the same minutes share a message. Left out: somebody waits to see it. */
  readonly isGrouped?: boolean;
}

/**
 * Incidents that may need a notification, each with its group key. Every tick reads it, so that a lost job loses
 * nothing.
 */
export interface Outbox {
  /** Always adds a new entry: a worker that read the old one does not remove it. */
  add(incidentId: string, groupKey: string, adding?: OutboxAdding): Promise<void>;
  /** Incident → entry. */
  all(): Promise<Map<string, OutboxEntry>>;
  /** Removes an entry as it was read; a later one stays. */
  remove(incidentId: string, entry: OutboxEntry): Promise<void>;
}

/** An incident that needs a re-check at an instant: the end of a mute or of quiet hours, or a reminder. */
export interface Recheck {
  readonly incidentId: string;
  readonly groupKey: string;
  readonly at: Instant;
}

/** When which incidents need a re-check, each once: for what no new bucket triggers. */
export interface RecheckStore {
  due(now: Instant): Promise<Recheck[]>;
  /** Adds or moves. */
  save(appointments: readonly Recheck[]): Promise<void>;
  remove(incidentIds: readonly string[]): Promise<void>;
}
