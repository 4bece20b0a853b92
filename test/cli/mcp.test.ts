import { resolve } from "node:path";
import { Client } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import { afterAll, beforeAll, expect, test } from "vitest";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { settingsOf } from "../support/program.ts";
import { KEY, type Stage, setStage, watches } from "../support/stage.ts";

let stage: Stage;
let client: Client;

beforeAll(async () => {
  stage = await setStage(noon);
  for (const watch of watches) await stage.bot.watches.save(watch);
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon + 2 * HOUR, hours: 3 });
  const workers = await stage.startWorkers();
  await stage.liveThrough(noon + 3 * HOUR);
  await workers.stop();
  client = new Client({ name: "an assistant", version: "1.0.0" });
  await client.connect(
    new StdioClientTransport({
      command: process.execPath,
      args: [resolve("src/cli/mcp/main.ts")],
      env: { PATH: process.env.PATH ?? "", ...settingsOf(stage) },
      stderr: "pipe",
    }),
  );
});
afterAll(async () => {
  await client.close();
  await stage.close();
});

interface Answered {
  readonly text: string;
  readonly isError: boolean;
}

async function ask(name: string, input: Record<string, unknown> = {}): Promise<Answered> {
  const { content, isError = false } = await client.callTool({ name, arguments: input });
  const [first] = content as { readonly text: string }[];
  return { text: first?.text ?? "", isError: isError === true };
}

test("an assistant sees what it may ask, and that nothing of it changes anything", async () => {
  const { tools } = await client.listTools();
  expect(tools.map(({ name }) => name)).toEqual([
    "watches",
    "health",
    "incidents",
    "series",
    "why",
    "backtest",
  ]);
  expect(tools.every(({ annotations }) => annotations?.readOnlyHint === true)).toBe(true);
});

test("it learns what is watched and what is wrong", async () => {
  expect((await ask("watches")).text).toMatch(/ios[\s\S]*android|android[\s\S]*ios/);
  expect((await ask("health")).text).toContain("ios");
});

test("it learns which incidents there were, with their numbers", async () => {
  const asked = { watch: "ios", since: "2026-06-01" };
  expect(JSON.parse((await ask("incidents", asked)).text)).toEqual([
    expect.objectContaining({
      watch: "ios",
      direction: "drop",
      severity: "critical",
      began: "2026-06-16T14:00:00.000Z",
      worst: expect.objectContaining({ observed: 0 }),
    }),
  ]);
  expect(JSON.parse((await ask("incidents", { since: "2026-06-17" })).text)).toEqual([]);
});

test("it learns the counts of a series with the expected range", async () => {
  const { points, unit } = JSON.parse((await ask("series", { watch: "ios", buckets: 5 })).text) as {
    readonly unit: string;
    readonly points: readonly Record<string, unknown>[];
  };
  expect(unit).toBe("hour");
  expect(points).toHaveLength(5);
  expect(points.at(-1)).toEqual({
    at: "2026-06-16T15:00:00.000Z",
    observed: 0,
    expected: expect.any(Number),
    low: expect.any(Number),
    high: expect.any(Number),
  });
});

test("it learns why an hour alerted, and when a watch would have", async () => {
  expect((await ask("why", { watch: "ios", at: "2026-06-16T14:00" })).text).toContain("anomaly score");
  expect((await ask("backtest", { watch: "ios", sensitivity: "low" })).text).toMatch(/alert/i);
});

test("a mistake is answered in words, and no answer shows a secret", async () => {
  expect(await ask("why", { watch: "iso" })).toEqual({
    isError: true,
    text: expect.stringContaining("Did you mean"),
  });
  expect((await ask("why", { watch: KEY })).text).not.toContain(KEY);
  expect((await ask("backtest", { watch: "ios", sensitivity: "low #C0ALERTS1" })).isError).toBe(true);
});
