import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { Queue, Worker } from "bullmq";
import { afterEach, expect, test } from "vitest";
import { checkRedis } from "../../src/adapters/redis/connection/checks.ts";
import { connect } from "../../src/adapters/redis/connection/connection.ts";
import { redisMemory } from "../../src/adapters/redis/connection/memory.ts";
import { freePort } from "../../src/adapters/redis/server/free-port.ts";
import { createLog } from "../../src/log.ts";
import { QUEUE_PREFIX } from "../../workers/queues.ts";
import { until } from "../support/until.ts";
import { startCluster } from "./cluster.ts";
import { startSentinels } from "./sentinels.ts";
import { startServers } from "./servers.ts";

const lines: string[] = [];
const log = createLog("debug", { write: (line) => lines.push(line) });
const open: (() => Promise<unknown> | unknown)[] = [];
afterEach(async () => {
  for (const close of open.splice(0).reverse()) await close();
});

test("a worker that waits too long for jobs during a failover continues afterwards", async () => {
  // BullMQ gives up a wait of five seconds after six, and connects anew.
  const cluster = await startCluster(8_000);
  open.push(cluster.stop);
  const connection = connect(cluster.url, log);
  const queue = new Queue("patient", { connection, prefix: QUEUE_PREFIX });
  const WORKERS = 4;
  let together = 0;
  const workers = Array.from({ length: WORKERS }, () => {
    // Each does one job at a time, which is over when all of them are at it: none may have been left behind.
    const meet = async () => {
      together += 1;
      await until(() => together % WORKERS === 0, "the other workers");
    };
    const worker = new Worker("patient", meet, { connection, prefix: QUEUE_PREFIX });
    worker.on("error", () => {});
    return worker;
  });
  queue.on("error", () => {});
  open.push(async () => {
    await Promise.all([queue.close(), ...workers.map((worker) => worker.close())]);
    connection.disconnect();
  });
  const add = () => queue.addBulk(workers.map(() => ({ name: "job", data: {} })));
  await add();
  await until(() => together === WORKERS, "the workers to meet");

  await (await cluster.masterOf(`${QUEUE_PREFIX}:patient:meta`)).kill();
  await add();
  await until(() => together === 2 * WORKERS, "the workers to meet again");
});

test("sentinels lead to the master, and to the new one after a failover", async () => {
  const { url, servers, stop } = await startSentinels();
  open.push(stop);
  const redis = connect(url, log);
  open.push(() => redis.disconnect());
  await redis.set("a", 1);
  expect((await checkRedis(redis)).every(({ ok }) => ok)).toBe(true);
  await until(async () => (await servers.all[1]!.redis.get("a").catch(() => "")) === "1", "the replica");
  await servers.all[0]!.kill();
  expect(await redis.set("b", 2)).toBe("OK");
  expect(await redis.mget("a", "b")).toEqual(["1", "2"]);
});

test("a connection over TLS works with a private certificate authority", async () => {
  const { all, password, stop } = await startServers(1, async (_, folder) => {
    const port = await freePort();
    makeCertificate(folder);
    return {
      "tls-port": String(port),
      "tls-cert-file": join(folder, "redis.crt"),
      "tls-key-file": join(folder, "redis.key"),
      "tls-ca-cert-file": join(folder, "redis.crt"),
      "tls-auth-clients": "no",
    };
  });
  open.push(stop);
  const tls = Number(((await all[0]!.redis.config("GET", "tls-port")) as string[])[1]);
  const [, folder] = (await all[0]!.redis.config("GET", "dir")) as string[];
  const url = `rediss://:${password}@localhost:${tls}`;
  const ask = (env: Record<string, string>) =>
    execFileSync(
      process.execPath,
      [
        "--input-type=module",
        "-e",
        `import { connect } from "./src/adapters/redis/connection/connection.ts";
         const say = (fields) => { console.log(fields.advice); process.exit(); };
         const redis = connect(${JSON.stringify(url)}, { info() {}, error: say });
         console.log(await redis.ping()); process.exit();`,
      ],
      { encoding: "utf8", env: { PATH: process.env.PATH, ...env } },
    );
  expect(ask({ NODE_EXTRA_CA_CERTS: join(folder!, "redis.crt") })).toBe("PONG\n");
  expect(ask({})).toMatch(/rediss \(TLS\), and the certificate/);
});

test("the checks of a cluster report its worst master", async () => {
  const cluster = await startCluster();
  open.push(cluster.stop);
  const redis = connect(cluster.url, log);
  open.push(() => redis.disconnect());
  expect((await checkRedis(redis)).every(({ ok }) => ok)).toBe(true);
  const { redis: one } = await cluster.masterOf("a");
  await one.config("SET", "maxmemory", "1gb");
  expect((await redisMemory(redis)()).limit).toBe(2 ** 30);
  await one.config("SET", "appendonly", "no");
  const wrong = (await checkRedis(redis)).filter(({ ok }) => !ok);
  expect(wrong.map(({ what }) => what)).toEqual(["Redis does not append to disk"]);
});

function makeCertificate(folder: string): void {
  execFileSync(
    "openssl",
    [
      ...["req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2", "-subj", "/CN=localhost"],
      ...["-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"],
      ...["-keyout", join(folder, "redis.key"), "-out", join(folder, "redis.crt")],
    ],
    { stdio: "ignore" },
  );
}
