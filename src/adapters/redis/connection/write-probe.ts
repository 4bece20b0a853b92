import type { Cluster, Redis } from "ioredis";
import type { Log } from "../../../log.ts";
import { keysOf } from "../keys.ts";
import { connect } from "./connection.ts";
import { type Refusal, refusalOf, silent } from "./refusal.ts";

/** Checks whether Redis takes writes, over a connection of its own. */
export interface WriteProbe {
  /** Why it takes none; undefined if it does. */
  probe(): Promise<Refusal | undefined>;
  close(): void;
}

/** How long Redis may take to answer, in milliseconds. */
const ANSWER_WITHIN = 5_000;

/** Enough keys to reach every master of a small cluster. */
const KEYS_OF_CLUSTER = 16;

/**
 * Opens a probe. It answers within seconds whatever Redis does: it shares no connection with commands that wait, and
 * neither repeats a command nor looks for another master.
 */
export function openWriteProbe(url: string, { within = ANSWER_WITHIN } = {}): WriteProbe {
  const quiet: Pick<Log, "info" | "error"> = { info: () => {}, error: () => {} };
  const redis = connect(url, quiet, { isProbe: true });
  const keys = keysOf("tidewatch");
  // The address of a single server may be that of a cluster.
  const howMany = (redis as Redis | Cluster).isCluster ? KEYS_OF_CLUSTER : 1;
  let pending: Promise<Refusal | undefined> | undefined;

  async function write(): Promise<Refusal | undefined> {
    try {
      // Writing only if the key exists changes nothing, and Redis refuses it like any other write.
      await Promise.all(Array.from({ length: howMany }, (_, i) => redis.set(keys.probe(i), "1", "XX")));
      return undefined;
    } catch (error) {
      return refusalOf(error) ?? silent;
    } finally {
      pending = undefined;
    }
  }

  return {
    async probe() {
      // One at a time: while Redis is gone, they would pile up.
      pending ??= write();
      const late = Promise.withResolvers<Refusal>();
      const timer = setTimeout(() => late.resolve(silent), within);
      try {
        return await Promise.race([pending, late.promise]);
      } finally {
        clearTimeout(timer);
      }
    },
    close: () => redis.disconnect(),
  };
}
