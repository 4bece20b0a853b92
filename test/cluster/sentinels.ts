import { until } from "../support/until.ts";
import { type Servers, startServers } from "./servers.ts";

const SENTINELS = 3;

/** A master with a replica, and sentinels that look after both. */
export interface TestSentinels {
  readonly url: string;
  /** The master first, then its replica. */
  readonly servers: Servers;
  stop(): Promise<void>;
}

/** Starts two servers and three sentinels. */
export async function startSentinels(): Promise<TestSentinels> {
  const servers = await startServers(2, async () => ({}));
  const [master, replica] = servers.all;
  await replica!.redis.replicaof("127.0.0.1", master!.port);
  await until(
    async () => /master_link_status:up/.test(await replica!.redis.info("replication")),
    "the replica",
  );
  const sentinels = await startServers(SENTINELS, async () => ({}), "--sentinel");
  const name = "tidewatch";
  for (const { redis } of sentinels.all) {
    await redis.call("SENTINEL", "MONITOR", name, "127.0.0.1", master!.port, 2);
    const settings = {
      "auth-pass": servers.password,
      "down-after-milliseconds": 1_000,
      "failover-timeout": 5_000,
    };
    for (const [setting, value] of Object.entries(settings))
      await redis.call("SENTINEL", "SET", name, setting, value);
  }
  await until(async () => {
    const seen = await Promise.all(
      sentinels.all.map(async ({ redis }) => String(await redis.call("SENTINEL", "CKQUORUM", name))),
    ).catch(() => [""]);
    return seen.every((reply) => reply.startsWith(`OK ${SENTINELS} usable`));
  }, "the sentinels to know each other");
  // And the replica, or there is nobody to take over.
  await until(async () => {
    const known = await Promise.all(
      sentinels.all.map(({ redis }) => redis.call("SENTINEL", "REPLICAS", name)),
    );
    return known.every((replicas) => (replicas as unknown[]).length === 1);
  }, "the sentinels to know the replica");
  const hosts = sentinels.all.map(({ port }) => `127.0.0.1:${port}`).join();
  return {
    url: `redis+sentinel://:${servers.password}@${hosts}?name=${name}&sentinelPassword=${sentinels.password}`,
    servers,
    async stop() {
      await Promise.all([servers.stop(), sentinels.stop()]);
    },
  };
}
