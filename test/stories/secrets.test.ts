import { once } from "node:events";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { ben } from "../../simulator/slack/people.ts";
import { keepAddressSecret } from "../../src/config/secrets.ts";
import { keepSecret, redact } from "../../src/redact.ts";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { type Program, settingsOf, startProgram } from "../support/program.ts";
import { KEY, type Stage, type StageOptions, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

const EU_KEY = "eu-key-that-nobody-may-see";
const HEARTBEAT = "heartbeat-9b1f-nobody-may-see";
const SIGNING = "0123456789abcdef0123456789abcdef";
const APP_TOKEN = "xapp-1-A0NOBODY-1-may-see-this";
const BOARD = 'board"pass\\word-nobody-may-see';

let stage: Stage;
let folder: string;
let programs: Program[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tidewatch-secrets-"));
  writeFileSync(join(folder, "eu"), EU_KEY);
  programs = [];
});
afterEach(async () => {
  for (const { child } of programs) child.kill("SIGKILL");
  await stage.close();
  rmSync(folder, { recursive: true, force: true });
});

/** What must not be seen anywhere, by name; an address is as good as what it holds. */
const secrets = () => ({
  "the Braze key": KEY,
  "the key of the second workspace": EU_KEY,
  "Slack's bot token": stage.slack.token,
  "Slack's app token": stage.slack.appToken,
  "another app token": APP_TOKEN,
  "the signing secret": SIGNING,
  "the heartbeat": HEARTBEAT,
  "Redis' password": new URL(stage.redis.url).password,
  "the board's password": BOARD,
});

/** As a text may hold a secret: as it is, as JSON quotes it, and as an address does. */
const formsOf = (secret: string) => {
  const quoted = JSON.stringify(secret).slice(1, -1);
  return [secret, quoted, JSON.stringify(quoted).slice(1, -1), encodeURIComponent(secret)];
};

function expectNoSecretIn(places: Readonly<Record<string, string>>): void {
  const found = Object.entries(places).flatMap(([place, text]) =>
    Object.entries(secrets()).flatMap(([name, secret]) =>
      formsOf(secret).some((form) => text.includes(form)) ? `${name} in ${place}` : [],
    ),
  );
  expect(found).toEqual([]);
}

/** Everything there is to read of a Redis: each key with its value, BullMQ's failed jobs and their stacks among them. */
async function contents(): Promise<string> {
  const redis = new Redis(stage.redis.url);
  const reads: Readonly<Record<string, (key: string) => Promise<unknown>>> = {
    hash: (key) => redis.hgetall(key),
    string: (key) => redis.get(key),
    zset: (key) => redis.zrange(key, "0", "-1"),
    set: (key) => redis.smembers(key),
    list: (key) => redis.lrange(key, 0, -1),
    stream: (key) => redis.xrange(key, "-", "+"),
  };
  const all: unknown[] = [];
  for (const key of await redis.keys("*")) all.push(key, await reads[await redis.type(key)]?.(key));
  redis.disconnect();
  return JSON.stringify(all);
}

/** Everything that is stored, posted and logged. */
const everywhere = async () => ({
  "the log": stage.log.join(""),
  "a message": JSON.stringify(["C0ALERTS1", "C0OPS0001"].map((id) => stage.slack.messages(id))),
  Redis: await contents(),
  "what was ever written to Redis": await stage.redis.written(),
});

const seen = (event: string) => stage.log.filter((line) => line.includes(`"event":"${event}"`)).length;

describe("no secret is in a log line, a message, or Redis, after", () => {
  async function open(options: StageOptions = {}) {
    const url = `http://127.0.0.1:1/ping/${HEARTBEAT}`;
    keepAddressSecret(url);
    stage = await setStage(noon, { ops: { channel: "C0OPS0001", heartbeatUrl: url }, ...options });
    for (const watch of watches) await stage.bot.watches.save(watch);
    await stage.startWorkers();
    await stage.liveThrough(noon);
  }

  test("a Braze that quotes the wrong key", async () => {
    await open();
    stage.braze.control.useKey("another-key-altogether");
    const address = `${stage.braze.url}/sessions/data_series?length=1`;
    const quoted = await fetch(address, { headers: { authorization: `Bearer ${KEY}` } });
    expect(await quoted.text()).toContain(KEY);

    stage.passTo(noon + HOUR);
    await until(() => seen("collect.failed") >= 3 && seen("braze.failure") > 0, "refused reads");
    // The failed jobs are there, with their stacks: what is not in them was kept out.
    expect(await contents()).toMatch(/"stacktrace":"\[/);
    expectNoSecretIn(await everywhere());
  });

  test("a Braze that stalls, disconnects and redirects", async () => {
    await open({ answerWithin: 300 });
    for (const [i, kind] of (["stall", "stall-midway", "cut-off", "redirect", "reset"] as const).entries()) {
      const lift = stage.braze.control.fail({ kind });
      const before = seen("collect.failed");
      stage.passTo(noon + (i + 1) * HOUR);
      await until(() => seen("collect.failed") > before, `a read that fails by ${kind}`);
      lift();
    }
    expectNoSecretIn(await everywhere());
  });

  test.each(["invalid_auth", "token_revoked", "account_inactive"])(
    "a Slack that answers %s",
    async (error) => {
      await open();
      stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon + HOUR, hours: 3 });
      stage.slack.faults.next("chat.postMessage", { kind: "error", error }, 3);
      stage.passTo(noon + HOUR);
      await until(() => seen("notify.failed") > 0, "a refused message");
      await until(() => stage.slack.messages("C0ALERTS1").length > 0, "the message to be said after all");
      expectNoSecretIn(await everywhere());
    },
  );

  test("a Slack that stops answering and then disappears", async () => {
    await open({ answerWithin: 300 });
    stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon + HOUR, hours: 3 });
    stage.slack.faults.next("chat.postMessage", { kind: "stall" }, 1);
    stage.passTo(noon + HOUR);
    await until(() => seen("notify.failed") > 0, "a message without an answer");
    await stage.slack.down();
    stage.passTo(noon + 2 * HOUR);
    await until(() => seen("notify.failed") > 1, "a message to nobody");
    await stage.slack.up();
    await until(() => stage.slack.messages("C0ALERTS1").length > 0, "the message to be said after all");
    expectNoSecretIn(await everywhere());
  });

  test("a Redis that is lost, and one with invalid data", async () => {
    await open();
    await stage.redis.kill();
    await until(() => seen("redis.unreachable") > 0, "the loss to be said");
    await stage.redis.revive();
    await stage.connection.hset("tidewatch:{lists}:watches", "by-hand", "{");
    stage.passTo(noon + HOUR);
    await until(() => seen("redis.damaged") > 0, "the damage to be said");
    expectNoSecretIn(await everywhere());
  });

  test("secrets that somebody wrote into Redis by hand", async () => {
    await open();
    const planted = JSON.stringify({ id: KEY, channel: [stage.slack.token] });
    await stage.connection.hset("tidewatch:{lists}:watches", KEY, planted);
    stage.passTo(noon + HOUR);
    await until(() => seen("redis.damaged") > 0, "the damage to be said");
    const { "the log": log, "a message": messages } = await everywhere();
    expectNoSecretIn({ "the log": log, "a message": messages });
  });
});

describe("the real command prints no secret", () => {
  const port = String(20_000 + (process.pid % 20_000));
  const settings = () => ({
    ...settingsOf(stage),
    EU_BRAZE_REST_ENDPOINT: stage.braze.url,
    EU_BRAZE_API_KEY_FILE: join(folder, "eu"),
    BRAZE_WORKSPACE: "main,eu",
    SLACK_APP_TOKEN: APP_TOKEN,
    SLACK_OPS_CHANNEL: "C0OPS0001",
    HEARTBEAT_URL: `http://127.0.0.1:1/${HEARTBEAT}`,
    BULL_BOARD_PASSWORD: BOARD,
    BULL_BOARD_PORT: port,
    LOG_LEVEL: "debug",
  });
  const start = (over: Readonly<Record<string, string>> = {}) => {
    const program = startProgram("workers/main.ts", [], { settings: { ...settings(), ...over } });
    programs.push(program);
    return program;
  };

  test("when its settings are wrong, even with one secret in the place of another", async () => {
    stage = await setStage(noon);
    const { child, printed } = start({ TIME_ZONE: "Mars", SLACK_BOT_TOKEN: SIGNING, EVENTS: `soon ${KEY}` });
    expect(await once(child, "close")).toEqual([1, null]);
    expect(printed()).toMatch(/TIME_ZONE/);
    expectNoSecretIn({ "what it prints": printed() });
  });

  /** All that it holds, thrown where nobody catches it. */
  const crash = `process.on("SIGUSR2", () => {
    const held = Object.values(process.env).join(" ");
    throw new AggregateError([new Error(held)], held, { cause: { held, deep: [new Error(held)] } });
  })`;

  test("while everything fails during the run, and when it crashes", async () => {
    stage = await setStage(noon);
    stage.pass(Date.now() - stage.now());
    await stage.bot.watches.save(watches[0]!);
    // Braze knows one key only: it refuses the other workspace's, quoting it.
    await stage.bot.watches.save({
      ...watches[0]!,
      id: "eu-ios",
      series: { ...watches[0]!.series, workspace: "eu" },
    });
    stage.slack.faults.next("apps.connections.open", { kind: "error", error: "invalid_auth" }, 2);
    const { child, printed } = start({
      SLACK_APP_TOKEN: stage.slack.appToken,
      NODE_OPTIONS: `--import=data:text/javascript,${encodeURIComponent(crash)}`,
    });
    await until(() => printed().includes("console.connected"), "Slack to be heard after it refused");
    await until(() => printed().includes("collect.failed"), "the second workspace to be refused");

    const board = (password: string) =>
      fetch(`http://127.0.0.1:${port}/api/queues`, {
        headers: { authorization: `Basic ${Buffer.from(`any:${password}`).toString("base64")}` },
      });
    expect((await board(`${BOARD}x`)).status).toBe(401);
    const shown = await (await board(BOARD)).text();
    expect(shown).toContain("collect");

    const outcome = await stage.slack.command("/tidewatch status", { user: ben.id, channel: "C0ALERTS1" });
    await until(() => outcome.responses.length > 0, "an answer");
    await stage.slack.down();
    await until(() => printed().includes("console.disconnected"), "Slack to be gone");
    expect(await contents()).toMatch(/"stacktrace":"\[/);
    const kept = { Redis: await contents(), "what was ever written": await stage.redis.written() };

    child.kill("SIGUSR2");
    expect(await once(child, "close")).toEqual([1, null]);
    expect(printed()).toContain("service.crashed");
    expectNoSecretIn({ "what it prints": printed(), "the board": shown, ...kept });
    expectNoSecretIn({ "an answer": JSON.stringify(outcome.responses) });
  });
});

test.each([
  ["a stack trace", (secret: string) => new Error(`no: ${secret}`).stack!],
  ["JSON", (secret: string) => JSON.stringify({ secret })],
  ["JSON in JSON", (secret: string) => JSON.stringify(JSON.stringify({ secret }))],
  ["an address", (secret: string) => `https://ada:${secret}@rest.example/${secret}?key=${secret}`],
  ["an address, encoded", (secret: string) => `https://a.example/?key=${encodeURIComponent(secret)}`],
  [
    "Basic authorization",
    (secret: string) => `authorization: Basic ${Buffer.from(`admin:${secret}`).toString("base64")}`,
  ],
])("a secret is not shown in %s", (_, place) => {
  const secret = 'pass/word+with="signs\\';
  keepSecret(secret);
  const shown = redact(place(secret));
  for (const form of formsOf(secret)) expect(shown).not.toContain(form);
  expect(shown).not.toContain(Buffer.from(`admin:${secret}`).toString("base64"));
});
