import type { Redis } from "ioredis";
import { redisAccess } from "./access-store.ts";
import { redisAgenda } from "./agenda.ts";
import { redisApps } from "./app-store.ts";
import { redisArrivals } from "./arrival-store.ts";
import { redisAudit } from "./audit-store.ts";
import { redisBlindnesses } from "./blindness-store.ts";
import { redisDigests, redisSpendings } from "./budget-stores.ts";
import { redisCauses } from "./cause-store.ts";
import { redisChanges } from "./change-store.ts";
import type { Report } from "./damaged.ts";
import { redisEvents } from "./event-store.ts";
import { redisExclusions } from "./exclusion-store.ts";
import { redisIncidents } from "./incident-store.ts";
import { redisJournal } from "./journal.ts";
import { keysOf } from "./keys.ts";
import { redisLedger } from "./ledger.ts";
import { redisMemory } from "./memory.ts";
import { redisMutes } from "./mute-store.ts";
import { naming } from "./other-kind.ts";
import { redisOutbox } from "./outbox.ts";
import { redisProgress } from "./progress-store.ts";
import { redisQuotas } from "./quota-store.ts";
import { redisSeen } from "./seen-store.ts";
import { redisSegments } from "./segment-cache.ts";
import { redisSeries } from "./series-store.ts";
import { redisTroubles } from "./trouble-store.ts";
import { redisWatches } from "./watch-store.ts";

export interface StoreOptions {
  /** What every key begins with. @default "tidewatch" */
  readonly prefix?: string;
  /** Told of each damaged entry of a list that was left out. @default a warning of the process */
  readonly report?: Report;
}

const warn: Report = ({ message, advice }) => process.emitWarning(`${message}. ${advice}`);

/** Every port that lives in Redis, over one connection. */
export function redisStores(redis: Redis, { prefix = "tidewatch", report = warn }: StoreOptions = {}) {
  const keys = keysOf(prefix);
  const ports = {
    series: redisSeries(redis, keys),
    progress: redisProgress(redis, keys, report),
    watches: redisWatches(redis, keys, report),
    incidents: redisIncidents(redis, keys),
    journal: redisJournal(redis, keys),
    audit: redisAudit(redis, keys, report),
    apps: redisApps(redis, keys, report),
    segmentCache: redisSegments(redis, keys),
    quotas: redisQuotas(redis, keys),
    mutes: redisMutes(redis, keys, report),
    events: redisEvents(redis, keys, report),
    exclusions: redisExclusions(redis, keys, report),
    causes: redisCauses(redis, keys),
    spendings: redisSpendings(redis, keys),
    digests: redisDigests(redis, keys),
    outbox: redisOutbox(redis, keys),
    agenda: redisAgenda(redis, keys),
    troubles: redisTroubles(redis, keys, report),
    blindnesses: redisBlindnesses(redis, keys, report),
    arrivals: redisArrivals(redis, keys, report),
    ledger: redisLedger(redis, keys),
    seen: redisSeen(redis, keys),
    changes: redisChanges(redis, keys, report),
    access: redisAccess(redis, keys),
  };
  const named = Object.entries(ports).map(([name, port]) => [name, naming(port)]);
  return { ...(Object.fromEntries(named) as typeof ports), memory: redisMemory(redis) };
}
