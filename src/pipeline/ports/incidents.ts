import type { AlertGroup } from "../../incidents/alert-group.ts";
import type { Incident } from "../../incidents/incident.ts";
import type { Bucket, Instant } from "../../time/time.ts";

/** Incidents; each changes only through a compare-and-set on its version. */
export interface IncidentStore {
  byId(id: string): Promise<Incident | undefined>;
  /** Those about which there is still something to do or say. */
  live(watchId: string): Promise<Incident[]>;
  /** All that opened at or after `since`, oldest first. */
  since(watchId: string, since: Bucket): Promise<Incident[]>;
  /**
   * Writes `incident` with its version raised by one, if what is stored still has `incident.version` (0: nothing is
   * stored). Answers what is now stored, or undefined when another writer came first.
   */
  save(incident: Incident): Promise<Incident | undefined>;
}

/** Causes; each changes only through a compare-and-set on its version, like incidents. */
export interface AlertGroupStore {
  byId(id: string): Promise<AlertGroup | undefined>;
  /** Those of a room that opened from `from` to `to`, oldest first. */
  near(groupKey: string, from: Bucket, to: Bucket): Promise<AlertGroup[]>;
  /** Writes with the version raised by one, or answers undefined when another writer came first. */
  save(alertGroup: AlertGroup): Promise<AlertGroup | undefined>;
}

/** That something may be unsaid, as it was added: another for each time, so that none is removed for another. */
export interface OutboxEntry {
  readonly groupKey: string;
  readonly token: string;
}

/** How an incident is put into the outbox. */
export interface OutboxAdding {
  /** Before a change that its message is to follow: for a minute nobody removes this, so that a crash loses nothing. */
  readonly isAhead?: boolean;
  /** It may wait until what else comes in the same minutes can be said with it. Left out: somebody waits to see it. */
  readonly isGathered?: boolean;
}

/** Incidents that may have something unsaid, each with its room: a net under the queue, swept by every tick. */
export interface Outbox {
  /** Adds it anew, also where it is there: whoever looked before does not remove it. */
  add(incidentId: string, groupKey: string, adding?: OutboxAdding): Promise<void>;
  /** Incident → entry. */
  all(): Promise<Map<string, OutboxEntry>>;
  /** Removes an entry as it was read; one that was added since stays. */
  remove(incidentId: string, entry: OutboxEntry): Promise<void>;
}

/** An incident that is to be looked at again at an instant: a mute, quiet hours or somebody's patience end then. */
export interface Recheck {
  readonly incidentId: string;
  readonly groupKey: string;
  readonly at: Instant;
}

/** When which incidents are to be looked at again, each once: what no new bucket would bring up. */
export interface RecheckStore {
  due(now: Instant): Promise<Recheck[]>;
  /** Adds or moves. */
  save(appointments: readonly Recheck[]): Promise<void>;
  remove(incidentIds: readonly string[]): Promise<void>;
}
