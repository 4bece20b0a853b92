import type { Redis } from "ioredis";
import { redisIncidents } from "./incident-store.ts";
import { redisJournal } from "./journal.ts";
import type { Damage } from "./json.ts";
import { keysOf } from "./keys.ts";
import { redisLedger } from "./ledger.ts";
import { redisMutes } from "./mute-store.ts";
import { redisOutbox } from "./outbox.ts";
import { redisProgress } from "./progress-store.ts";
import { redisSeries } from "./series-store.ts";
import { redisTroubles } from "./trouble-store.ts";
import { redisWatches } from "./watch-store.ts";

export interface StoreOptions {
  /** What every key begins with. @default "tidewatch" */
  readonly prefix?: string;
  /** Is told of entries that somebody damaged. */
  readonly damage?: Damage;
}

/** All stores on one connection. */
export function redisStores(redis: Redis, { prefix = "tidewatch", damage = () => {} }: StoreOptions = {}) {
  const keys = keysOf(prefix);
  return {
    series: redisSeries(redis, keys),
    progress: redisProgress(redis, keys, damage),
    watches: redisWatches(redis, keys, damage),
    incidents: redisIncidents(redis, keys, damage),
    journal: redisJournal(redis, keys),
    mutes: redisMutes(redis, keys),
    outbox: redisOutbox(redis, keys),
    ledger: redisLedger(redis, keys, damage),
    troubles: redisTroubles(redis, keys, damage),
  };
}
