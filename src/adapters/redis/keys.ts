import { KEPT_DAYS } from "../../settings/limits.ts";

/**
 * Every key Tidewatch writes, in one place. What stands in braces decides the slot of a Redis Cluster: keys that
 * change together (of one series, of one watch, of the lists) share theirs.
 */
export const keysOf = (prefix: string) => ({
  /** String: ring of packed counts, see `series-ring.ts`. */
  history: (seriesId: string) => `${prefix}:{${seriesId}}:history`,
  /** Hash: which buckets the ring holds, and the detector's state with the bucket it stands at. */
  series: (seriesId: string) => `${prefix}:{${seriesId}}:series`,
  /** String: the version of all that is stored, see `migrate.ts`. */
  version: () => `${prefix}:{lists}:version`,
  /** String: who brings it to another version, for as long as that is under way. */
  migrating: () => `${prefix}:{lists}:migrating`,
  /** A key that is never there: what is written to it only if it exists changes nothing. */
  probe: (i: number) => `${prefix}:{probe-${i}}:probe`,
  /** Hash: series → where it stands. */
  progress: () => `${prefix}:{lists}:progress`,
  /** Hash: watch → the watch. */
  watches: () => `${prefix}:{lists}:watches`,
  /** Hash: watch → the series it looks at. */
  watched: () => `${prefix}:{lists}:watched`,
  /** Hash: series → the watches that look at it, parted by spaces. */
  watchers: () => `${prefix}:{lists}:watchers`,
  /** Hash: workspace (or series) → what keeps it from being read. */
  failures: () => `${prefix}:{lists}:troubles`,
  /** Hash: id → what keeps Tidewatch from seeing or telling. */
  healthIssues: () => `${prefix}:{lists}:blindnesses`,
  /** Hash: series → its usual delay and the spread of it, in seconds. */
  ingestionDelays: () => `${prefix}:{lists}:arrivals`,
  /** Hash: incident that may have something unsaid → its room, and what names this entry. */
  outbox: () => `${prefix}:{lists}:outbox`,
  /** Hash: incident to be looked at again → when, and its room. */
  rechecks: () => `${prefix}:{lists}:agenda`,
  /** Hash: what is muted → the mute. */
  mutes: () => `${prefix}:{lists}:mutes`,
  /** Hash: id → what is planned. */
  events: () => `${prefix}:{lists}:events`,
  /** Hash: id → buckets of the series that are no example. */
  exclusions: (seriesId: string) => `${prefix}:{lists}:exclusions:${seriesId}`,
  /** Set of the series that have any. */
  excluding: () => `${prefix}:{lists}:excluding`,
  /** String: the segments of a workspace as they were last listed. */
  segments: (workspace: string) => `${prefix}:{lists}:segments:${workspace}`,
  /** Hash: what is left of a workspace's requests of this hour. */
  quota: (workspace: string, pool: string) => `${prefix}:{lists}:quota:${workspace}:${pool}`,
  /** Hash: workspace.app → what people call it. */
  apps: () => `${prefix}:{lists}:apps`,
  /** Hash: change → the change, for as long as `KEPT`. */
  changes: () => `${prefix}:{lists}:changes`,
  /** Sorted set of changes by when they were made. */
  changeTimes: () => `${prefix}:{lists}:changes:times`,
  /** Hash: change → who undid it, and when. */
  undoneChanges: () => `${prefix}:{lists}:changes:undone`,
  /** Sorted set of changes that nobody was told of yet, by when they were made; of a batch the first. */
  unannounced: () => `${prefix}:{lists}:changes:unannounced`,
  /** String: who may change what is watched. */
  access: () => `${prefix}:{lists}:access`,
  /** Hash: the incident and its version. */
  incident: (watchId: string, id: string) => `${prefix}:{${watchId}}:incident:${id}`,
  /** Set of incidents of one watch about which there is still something to do or say. */
  live: (watchId: string) => `${prefix}:{${watchId}}:live`,
  /** Sorted set of all incidents of one watch, by the bucket they opened at. */
  incidents: (watchId: string) => `${prefix}:{${watchId}}:incidents`,
  /** Hash: the cause and its version. */
  alertGroup: (groupKey: string, id: string) => `${prefix}:{${groupKey}}:cause:${id}`,
  /** Sorted set of all causes of one room, by the bucket they opened at. */
  alertGroups: (groupKey: string) => `${prefix}:{${groupKey}}:causes`,
  /** Hash: what was spent of a channel's alert limit, and its version. */
  spending: (channel: string) => `${prefix}:{${channel}}:spending`,
  /** Hash: the digest and its version. */
  overflow: (channel: string, id: string) => `${prefix}:{${channel}}:digest:${id}`,
  /** String: ring of four bits a bucket, see `journal.ts`. */
  journal: (watchId: string) => `${prefix}:{${watchId}}:journal`,
  /** Sorted set of verdicts that the journal does not tell in full, by bucket, see `audit-text.ts`. */
  auditedVerdicts: (watchId: string) => `${prefix}:{${watchId}}:audit:verdicts`,
  /** Sorted set of what was said or kept quiet, and why, by when it was decided. */
  auditedDecisions: (watchId: string) => `${prefix}:{${watchId}}:audit:decisions`,
  /** String: where a message to Slack stands. */
  message: (messageId: string) => `${prefix}:{${messageId}}:message`,
  /** Sorted set of the connections over which Slack is heard, by when each was last known to be open. */
  slackConnections: () => `${prefix}:{lists}:slack-connections`,
  /** String: that something came in from Slack, for as long as it might come again. */
  seen: (id: string) => `${prefix}:{${id}}:seen`,
});

export type Keys = ReturnType<typeof keysOf>;

const DAY_IN_SECONDS = 86_400;

/** How long what may be orphaned is kept after it was last written, in seconds. */
export const LIFE = {
  series: 400 * DAY_IN_SECONDS,
  incident: 400 * DAY_IN_SECONDS,
  message: 400 * DAY_IN_SECONDS,
  journal: KEPT_DAYS * DAY_IN_SECONDS,
  segments: DAY_IN_SECONDS,
} as const;
