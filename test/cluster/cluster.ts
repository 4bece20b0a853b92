import { freePort } from "../../src/adapters/redis/server/free-port.ts";
import { until } from "../support/until.ts";
import { type Server, type Servers, startServers } from "./servers.ts";

const MASTERS = 3;
const SLOTS = 16_384;

/** How long a master may be silent before it is given up, in milliseconds. */
const NODE_TIMEOUT = 1_500;

/** A cluster of three masters, each with a replica. */
export interface TestCluster {
  readonly url: string;
  /** The master that holds the slot of a key. */
  masterOf(key: string): Promise<Server>;
  /** Waits until every slot is held, and every master has a replica with all that it has. */
  whole(): Promise<void>;
  /** All that was ever written to any of them. */
  written(): Promise<string>;
  stop(): Promise<void>;
}

/** Starts six servers and makes them one cluster. @param nodeTimeout how long a master may be silent, in milliseconds. */
export async function startCluster(nodeTimeout = NODE_TIMEOUT): Promise<TestCluster> {
  const buses = new Map<number, number>();
  const servers = await startServers(2 * MASTERS, async (port) => {
    buses.set(port, await freePort());
    return {
      "cluster-enabled": "yes",
      // By default 10,000 above the port, which may be beyond the last there is.
      "cluster-port": String(buses.get(port)),
      "cluster-node-timeout": String(nodeTimeout),
      "cluster-config-file": "nodes.conf",
    };
  });
  const masters = servers.all.slice(0, MASTERS);
  const [first] = masters as [Server];
  for (const [i, { redis }] of masters.entries()) {
    const from = Math.floor((i * SLOTS) / MASTERS);
    const to = Math.floor(((i + 1) * SLOTS) / MASTERS);
    await redis.cluster("ADDSLOTS", ...Array.from({ length: to - from }, (_, slot) => from + slot));
  }
  for (const { port } of servers.all.slice(1))
    await first.redis.call("CLUSTER", "MEET", "127.0.0.1", port, buses.get(port)!);
  await everybody(servers, async (server) => (await nodesOf(server)).length === 2 * MASTERS, "to be met");
  for (const [i, { redis }] of servers.all.slice(MASTERS).entries()) {
    const id = String(await masters[i]!.redis.cluster("MYID"));
    await redis.cluster("REPLICATE", id);
  }

  async function whole() {
    await everybody(servers, isOk, "to be a cluster");
    await until(async () => {
      const roles = await Promise.all(servers.all.map(({ redis }) => redis.info("replication")));
      return roles.filter((info) => /master_link_status:up/.test(info)).length === MASTERS;
    }, "the replicas to have everything");
  }
  await whole();

  return {
    url: `redis+cluster://:${servers.password}@${masters.map(({ port }) => `127.0.0.1:${port}`).join()}`,
    async masterOf(key) {
      const slot = Number(await first.redis.cluster("KEYSLOT", key));
      const owner = (await nodesOf(first)).find(({ slots }) =>
        slots.some(([from, to]) => slot >= from && slot <= to),
      );
      return servers.all.find(({ port }) => port === owner?.port)!;
    },
    whole,
    written: servers.written,
    stop: servers.stop,
  };
}

const isOk = async ({ redis }: Server): Promise<boolean> =>
  /state:ok/.test(String(await redis.cluster("INFO")));

const everybody = (
  { all }: Servers,
  condition: (server: Server) => Promise<boolean>,
  what: string,
): Promise<void> => until(async () => (await Promise.all(all.map(condition))).every(Boolean), what);

/** What a server knows of the others: `id host:port@bus flags master ping pong epoch link slots…`. */
async function nodesOf({ redis }: Server) {
  const lines = String(await redis.cluster("NODES"))
    .trim()
    .split("\n");
  return lines.map((line) => {
    const [, address = "", , , , , , , ...slots] = line.split(" ");
    return {
      port: Number(/:(\d+)/.exec(address)?.[1]),
      slots: slots
        .filter((range) => /^\d+(-\d+)?$/.test(range))
        .map((range): [number, number] => {
          const [from, to = from] = range.split("-").map(Number) as [number, number?];
          return [from, to];
        }),
    };
  });
}
