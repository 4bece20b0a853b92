import type { Redis } from "ioredis";
import type { Stores } from "../../pipeline/ports/stores.ts";
import { redisAudit } from "./audit/audit-store.ts";
import { redisJournal } from "./audit/journal.ts";
import type { Report } from "./commands/damaged.ts";
import { redisMemory } from "./connection/memory.ts";
import { naming } from "./connection/other-kind.ts";
import { redisHealthIssues } from "./health/health-issue-store.ts";
import { redisOutage } from "./health/outage-store.ts";
import { redisAlertGroups } from "./incidents/alert-group-store.ts";
import { redisLimitUsages, redisOverflows } from "./incidents/alert-limit-stores.ts";
import { redisBreakdowns } from "./incidents/breakdown-store.ts";
import { redisDeliveries } from "./incidents/delivery-store.ts";
import { redisIncidents } from "./incidents/incident-store.ts";
import { redisNotificationLog } from "./incidents/notification-log.ts";
import { redisOutbox } from "./incidents/outbox.ts";
import { redisRechecks } from "./incidents/recheck-store.ts";
import { keysOf } from "./keys.ts";
import { redisSeen } from "./seen-store.ts";
import { redisIngestionDelays } from "./series/ingestion-delay-store.ts";
import { redisProgress } from "./series/progress-store.ts";
import { redisQuotas } from "./series/quota-store.ts";
import { redisCompanyZones, redisItems, redisSegments } from "./series/segment-cache.ts";
import { redisSends } from "./series/send-store.ts";
import { redisSeries } from "./series/series-store.ts";
import { redisFailures } from "./series/source-failure-store.ts";
import { redisChanges } from "./settings/change-store.ts";
import {
  redisApps,
  redisEvents,
  redisExclusions,
  redisMutes,
  redisPermissions,
  redisProductChanges,
  redisRoutes,
} from "./settings/small-stores.ts";
import { redisWatches } from "./settings/watch-store.ts";
import { redisSlackConnections } from "./slack-connection-store.ts";

export interface StoreOptions {
  /** What every key begins with. @default "tidewatch" */
  readonly prefix?: string;
  /** Called for each damaged entry of a list that was left out. @default a warning of the process */
  readonly report?: Report;
}

const warn: Report = ({ message, advice }) => process.emitWarning(`${message}. ${advice}`);

/** All stores in Redis, over one connection. */
export function redisStores(
  redis: Redis,
  { prefix = "tidewatch", report = warn }: StoreOptions = {},
): Stores {
  const keys = keysOf(prefix);
  const stores = {
    series: redisSeries(redis, keys),
    progress: redisProgress(redis, keys, report),
    watches: redisWatches(redis, keys, report),
    incidents: redisIncidents(redis, keys),
    journal: redisJournal(redis, keys),
    audit: redisAudit(redis, keys, report),
    apps: redisApps(redis, keys, report),
    segmentCache: redisSegments(redis, keys),
    itemCache: redisItems(redis, keys),
    companyZones: redisCompanyZones(redis, keys),
    sends: redisSends(redis, keys),
    quotas: redisQuotas(redis, keys),
    mutes: redisMutes(redis, keys, report),
    events: redisEvents(redis, keys, report),
    productChanges: redisProductChanges(redis, keys, report),
    exclusions: redisExclusions(redis, keys, report),
    breakdowns: redisBreakdowns(redis, keys),
    alertGroups: redisAlertGroups(redis, keys),
    limitUsages: redisLimitUsages(redis, keys),
    overflows: redisOverflows(redis, keys),
    outbox: redisOutbox(redis, keys.outbox()),
    rechecks: redisRechecks(redis, keys),
    deliveries: redisDeliveries(redis, keys),
    failures: redisFailures(redis, keys, report),
    healthIssues: redisHealthIssues(redis, keys, report),
    outage: redisOutage(redis, keys, report),
    ingestionDelays: redisIngestionDelays(redis, keys, report),
    notificationLog: redisNotificationLog(redis, keys),
    seen: redisSeen(redis, keys),
    slackConnections: redisSlackConnections(redis, keys),
    changes: redisChanges(redis, keys, report),
    permissions: redisPermissions(redis, keys),
    routes: redisRoutes(redis, keys, report),
  };
  const named = Object.entries(stores).map(([name, store]) => [name, naming(store)]);
  return { ...(Object.fromEntries(named) as typeof stores), memory: redisMemory(redis) };
}
