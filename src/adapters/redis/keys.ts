import { KEPT_DAYS } from "../../settings/limits.ts";

/**
 * Every key that Tidewatch writes, in one place. The part in braces decides the slot of a Redis Cluster: keys that
 * change together (of one series, of one watch, of the lists) share theirs.
 */
export const keysOf = (prefix: string) => ({
  /** String: ring of packed values, see `series-ring.ts`. */
  history: (seriesId: string) => `${prefix}:{${seriesId}}:history`,
  /** Hash: which buckets the ring holds, and the detector's state with its bucket. */
  series: (seriesId: string) => `${prefix}:{${seriesId}}:series`,
  /** String: the version of the stored data, see `migrate.ts`. */
  version: () => `${prefix}:{lists}:version`,
  /** String: the worker that migrates it now. */
  migrating: () => `${prefix}:{lists}:migrating`,
  /** A key that never exists: a write to it only if it exists changes nothing. */
  probe: (i: number) => `${prefix}:{probe-${i}}:probe`,
  /** Hash: series → its progress. */
  progress: () => `${prefix}:{lists}:progress`,
  /** Hash: watch → the watch. */
  watches: () => `${prefix}:{lists}:watches`,
  /** Hash: watch → its series. */
  watched: () => `${prefix}:{lists}:watched`,
  /** Hash: series → its watches, separated by spaces. */
  watchers: () => `${prefix}:{lists}:watchers`,
  /** Hash: workspace (or series, channel, message) → the failure. */
  failures: () => `${prefix}:{lists}:failures`,
  /** Hash: id → the health issue. */
  healthIssues: () => `${prefix}:{lists}:health-issues`,
  /** Hash: what takes nothing → since when. */
  outages: () => `${prefix}:{lists}:outages`,
  /** Hash: series → its ingestion delay and the spread, in seconds. */
  ingestionDelays: () => `${prefix}:{lists}:ingestion-delays`,
  /** Hash: incident that may need a notification → its group key, and the token of the entry. */
  outbox: () => `${prefix}:{lists}:outbox`,
  /** Hash: incident or health issue that a destination may need to be sent → its group key, and a token. */
  deliveryOutbox: (destination: string) => `${prefix}:{lists}:outbox:${destination}`,
  /** Hash: what a destination was sent about an alert, and its version. */
  delivery: (id: string) => `${prefix}:{${id}}:delivery`,
  /** Hash: incident to re-check → when, and its group key. */
  rechecks: () => `${prefix}:{lists}:rechecks`,
  /** Hash: scope → the mute. */
  mutes: () => `${prefix}:{lists}:mutes`,
  /** Hash: id → the planned event. */
  events: () => `${prefix}:{lists}:events`,
  /** Hash: id → the product change, for as long as `KEPT`. */
  productChanges: () => `${prefix}:{lists}:product-changes`,
  /** Hash: id → excluded buckets of the series. */
  exclusions: (seriesId: string) => `${prefix}:{lists}:exclusions:${seriesId}`,
  /** Set of the series that have exclusions. */
  excluding: () => `${prefix}:{lists}:excluding`,
  /** String: the last list of a workspace's segments. */
  segments: (workspace: string) => `${prefix}:{lists}:segments:${workspace}`,
  /** String: the last list of a workspace's custom events or products. */
  items: (workspace: string, parameter: string) => `${prefix}:{lists}:items:${workspace}:${parameter}`,
  /** Hash: workspace → the time zone of its company, as Braze named it last. */
  companyZones: () => `${prefix}:{lists}:company-zones`,
  /** Hash: workspace → of which time its calendar of sends is known. */
  calendars: () => `${prefix}:{lists}:calendars`,
  /** Sorted set: the sends of a workspace as JSON, by their time. */
  sends: (workspace: string) => `${prefix}:{lists}:sends:${workspace}`,
  /** Hash: the requests that a workspace has left in this hour. */
  quota: (workspace: string, pool: string) => `${prefix}:{lists}:quota:${workspace}:${pool}`,
  /** Hash: id → the route. */
  routes: () => `${prefix}:{lists}:routes`,
  /** Hash: workspace.app → the app. */
  apps: () => `${prefix}:{lists}:apps`,
  /** Hash: change → the change, for as long as `KEPT`. */
  changes: () => `${prefix}:{lists}:changes`,
  /** Sorted set of changes by when they were made. */
  changeTimes: () => `${prefix}:{lists}:changes:times`,
  /** Hash: change → who undid it, and when. */
  undoneChanges: () => `${prefix}:{lists}:changes:undone`,
  /** Sorted set of changes not announced yet, by when they were made; of a batch the first. */
  unannounced: () => `${prefix}:{lists}:changes:unannounced`,
  /** String: the permissions. */
  permissions: () => `${prefix}:{lists}:permissions`,
  /** Hash: the incident and its version. */
  incident: (watchId: string, id: string) => `${prefix}:{${watchId}}:incident:${id}`,
  /** Set of live incidents of one watch. */
  live: (watchId: string) => `${prefix}:{${watchId}}:live`,
  /** Sorted set of all incidents of one watch, by the bucket they opened at. */
  incidents: (watchId: string) => `${prefix}:{${watchId}}:incidents`,
  /** String: what an incident is made of, as JSON. */
  breakdown: (id: string) => `${prefix}:{${id}}:breakdown`,
  /** String: the likely cause that the message of an alert group names, as JSON. */
  likelyCause: (alertGroupId: string) => `${prefix}:{${alertGroupId}}:likely-cause`,
  /** String: how many requests breakdowns took of a workspace in a week. */
  breakdownRequests: (workspace: string, week: number) =>
    `${prefix}:{lists}:breakdown-requests:${workspace}:${week}`,
  /** Hash: the alert group and its version. */
  alertGroup: (groupKey: string, id: string) => `${prefix}:{${groupKey}}:alert-group:${id}`,
  /** Sorted set of all alert groups of one group key, by the bucket they opened at. */
  alertGroups: (groupKey: string) => `${prefix}:{${groupKey}}:alert-groups`,
  /** Hash: the usage of a channel's alert limit, and its version. */
  limitUsage: (channel: string) => `${prefix}:{${channel}}:limit-usage`,
  /** Hash: the overflow summary and its version. */
  overflow: (channel: string, id: string) => `${prefix}:{${channel}}:overflow:${id}`,
  /** String: ring of four bits a bucket, see `journal.ts`. */
  journal: (watchId: string) => `${prefix}:{${watchId}}:journal`,
  /** Sorted set of verdicts that the journal does not hold in full, by bucket, see `audit-codec.ts`. */
  auditedVerdicts: (watchId: string) => `${prefix}:{${watchId}}:audit:verdicts`,
  /** Sorted set of notifications and suppressions, and why, by when they were decided. */
  auditedDecisions: (watchId: string) => `${prefix}:{${watchId}}:audit:decisions`,
  /** String: the state of a message to Slack. */
  message: (messageId: string) => `${prefix}:{${messageId}}:message`,
  /** Sorted set of the connections over which Slack is heard, by when each was last known to be open. */
  slackConnections: () => `${prefix}:{lists}:slack-connections`,
  /** String: a delivery from Slack was handled; kept for as long as Slack might repeat it. */
  seen: (id: string) => `${prefix}:{${id}}:seen`,
});

export type Keys = ReturnType<typeof keysOf>;

const DAY_IN_SECONDS = 86_400;

/** How long data that may be orphaned is kept after its last write, in seconds. */
export const LIFE = {
  series: 400 * DAY_IN_SECONDS,
  incident: 400 * DAY_IN_SECONDS,
  message: 400 * DAY_IN_SECONDS,
  journal: KEPT_DAYS * DAY_IN_SECONDS,
  segments: DAY_IN_SECONDS,
  items: 2 * DAY_IN_SECONDS,
  sends: 60 * DAY_IN_SECONDS,
} as const;
