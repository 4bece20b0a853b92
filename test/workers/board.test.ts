import { Queue } from "bullmq";
import { afterEach, beforeEach, expect, test } from "vitest";
import { connect } from "../../src/adapters/redis/connection/connection.ts";
import { createLog } from "../../src/log.ts";
import { startBoard } from "../../workers/board/board.ts";
import type { HttpServer } from "../../workers/monitoring/http.ts";
import { nameOfQueue, QUEUE_PREFIX } from "../../workers/queues.ts";
import { startRedis } from "../support/redis.ts";

const PASSWORD = "päss:word-of-the-board";
const log = createLog("error");
let board: HttpServer;
let connection: ReturnType<typeof connect>;
const close: (() => unknown)[] = [];

async function start(mayChange: boolean): Promise<void> {
  board = await startBoard(
    { host: "127.0.0.1", port: 0, password: PASSWORD, mayChange },
    ["main"],
    connection,
    log,
  );
  close.push(board.close);
}

beforeEach(async () => {
  const redis = await startRedis();
  connection = connect(redis.url, log);
  close.push(redis.stop, () => connection.disconnect());
  const queue = new Queue(nameOfQueue("collect", "main"), { connection, prefix: QUEUE_PREFIX });
  await queue.add("collect", { seriesId: "main.ios.all.hour" }, { jobId: "a-job" });
  await queue.close();
});
afterEach(async () => {
  for (const end of close.splice(0).reverse()) await end();
});

const ask = (path: string, password?: string, method = "GET") =>
  fetch(board.url + path, {
    method,
    headers:
      password === undefined
        ? {}
        : { authorization: `Basic ${Buffer.from(`anybody:${password}`).toString("base64")}` },
  });

test("the board is shown only with the password, and it asks for it", async () => {
  await start(false);
  for (const password of [undefined, "", "wrong", `${PASSWORD}x`, PASSWORD.slice(0, -1)]) {
    for (const path of ["/", "/api/queues", "/static/no-such-file"]) {
      const answer = await ask(path, password);
      expect([path, password, answer.status]).toEqual([path, password, 401]);
      expect(answer.headers.get("www-authenticate")).toMatch(/^Basic/);
      expect(await answer.text()).not.toContain("main.ios");
    }
  }
  const odd = await fetch(board.url, { headers: { authorization: "Bearer whatever" } });
  expect(odd.status).toBe(401);
});

test("with the password all queues are shown with their jobs", async () => {
  await start(false);
  const page = await ask("/", PASSWORD);
  expect(page.status).toBe(200);
  expect(page.headers.get("x-frame-options")).toBe("DENY");
  expect(await page.text()).toContain("Tidewatch");
  const { queues } = (await (
    await ask("/api/queues?activeQueue=collect.main&status=waiting", PASSWORD)
  ).json()) as {
    queues: { name: string; jobs: { data: unknown }[] }[];
  };
  expect(queues.map(({ name }) => name)).toContain("notify");
  expect(JSON.stringify(queues)).toContain("main.ios.all.hour");
});

test("jobs are read-only unless changes are allowed", async () => {
  const remove = "/api/queues/collect.main/a-job/clean";
  await start(false);
  expect((await ask(remove, PASSWORD, "PUT")).ok).toBe(false);
  await start(true);
  expect((await ask(remove, undefined, "PUT")).status).toBe(401);
  expect((await ask(remove, PASSWORD, "PUT")).ok).toBe(true);
});

test("a port in use is reported", async () => {
  await start(false);
  const { port } = new URL(board.url);
  const again = startBoard(
    { host: "127.0.0.1", port: Number(port), password: PASSWORD, mayChange: false },
    ["main"],
    connection,
    log,
  );
  await expect(again).rejects.toThrow(/BULL_BOARD_PORT/);
});
