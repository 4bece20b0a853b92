import { afterEach, expect, test } from "vitest";
import { connect } from "../src/adapters/redis/connection/connection.ts";
import { takeConsole } from "../src/library-console.ts";
import { createLog } from "../src/log.ts";
import { startRedis } from "./support/redis.ts";
import { until } from "./support/until.ts";

let giveBack = () => {};
afterEach(() => giveBack());

test("what the Redis client writes to the console, for a user that may not run INFO, is a line of the log without a secret", async () => {
  const lines: string[] = [];
  const log = createLog("warn", { write: (line) => lines.push(line) });
  giveBack = takeConsole(log);
  const server = await startRedis();
  const admin = connect(server.url, log);
  await admin.call("ACL", "SETUSER", "bot", "on", ">s3cret-of-the-bot", "~*", "&*", "+@all", "-info");
  const { host } = new URL(server.url);
  const redis = connect(`redis://bot:s3cret-of-the-bot@${host}`, log);
  expect(await redis.ping()).toBe("PONG");
  await until(() => lines.some((line) => line.includes("Skipping the ready check")), "its warning");
  expect(lines.map((line) => JSON.parse(line).event)).toEqual(["library.warned"]);
  expect(lines.join()).not.toContain("s3cret");
  for (const one of [redis, admin]) one.disconnect();
  await server.stop();
});

test("what is written to the console is formatted as the console does it, whichever way it is written", () => {
  const warnings: unknown[] = [];
  giveBack = takeConsole({ warn: (fields: { warning: string }) => warnings.push(fields.warning) } as never);
  console.log("%s of %d", "one", 2);
  console.error(new Error("broken").message);
  console.warn({ a: 1 });
  giveBack();
  expect(warnings).toEqual(["one of 2", "broken", "{ a: 1 }"]);
});
