import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";
import { request } from "undici";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Bot } from "../../../src/bot.ts";
import { undo } from "../../../src/pipeline/changes/change.ts";
import { DAY, HOUR, MINUTE } from "../../../src/time/time.ts";
import { type HttpServer, startHttp } from "../../../workers/monitoring/http.ts";
import { CHANGES_PATH, productChangesReceiver } from "../../../workers/webhook/product-changes.ts";
import { isSigned, signedIn } from "../../../workers/webhook/standard-webhook.ts";
import { aWatch } from "../../support/builders.ts";
import { aContext } from "../../support/context.ts";
import { CHANGES_SECRET, signedHeaders } from "../../support/webhook.ts";

const now = Date.UTC(2026, 10, 30, 14, 30);
let server: HttpServer;
let bot: Bot;
let running: Bot | undefined;
let logged: unknown[];

beforeEach(async () => {
  logged = [];
  bot = {
    ...aContext(),
    clock: () => now,
    workspaces: [{ name: "main", zone: "UTC" }],
  } as unknown as Bot;
  running = bot;
  await bot.watches.save(
    aWatch({ appName: "iOS", series: { workspace: "main", app: "ios-id", unit: "hour" } }),
  );
  const note = (...words: unknown[]) => void logged.push(words);
  server = await openServer(() => now, note);
});
afterEach(() => server.close());

const openServer = (wallClock: () => number, note: (...words: unknown[]) => void = () => {}) =>
  startHttp({ host: "127.0.0.1", port: 0 }, {}, { error: note } as never, {
    [CHANGES_PATH]: productChangesReceiver({
      secret: CHANGES_SECRET,
      bot: () => running,
      wallClock,
      log: { info: note, warn: note } as never,
    }),
  });

const released = { name: "iOS 5.2 released", app: "iOS", link: "https://github.test/5.2" };

async function post(
  body: unknown,
  {
    id = "msg_1",
    time = now,
    headers = {},
  }: { id?: string; time?: number; headers?: Record<string, string> } = {},
) {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  const response = await request(`${server.url}/changes`, {
    method: "POST",
    headers: { ...signedHeaders(id, time, text), ...headers },
    body: text,
  });
  return [response.statusCode, (await response.body.text()).trim()] as const;
}

describe("a Standard Webhook", () => {
  // https://github.com/standard-webhooks/standard-webhooks, in the tests of each of its libraries.
  const headers = {
    "webhook-id": "msg_p5jXN8AQM9LWM0D4loKWxJek",
    "webhook-timestamp": "1614265330",
    "webhook-signature": "v1,g0hM9SsE+OTPJTGt/tmIKtSyZlE3uFJELVlNIOLJ1OE=",
  };
  const body = Buffer.from('{"test": 2432232314}');
  const at = 1_614_265_330_000;

  test("is checked as the published example says", () => {
    const signed = signedIn(headers, at);
    if (typeof signed === "string") throw new Error(signed);
    expect(isSigned(signed, body, CHANGES_SECRET)).toBe(true);
    expect(isSigned(signed, Buffer.from('{"test": 2432232315}'), CHANGES_SECRET)).toBe(false);
    expect(isSigned({ ...signed, id: "msg_other" }, body, CHANGES_SECRET)).toBe(false);
    expect(isSigned({ ...signed, timestamp: "1614265331" }, body, CHANGES_SECRET)).toBe(false);
    expect(isSigned(signed, body, `whsec_${Buffer.alloc(24, 7).toString("base64")}`)).toBe(false);
  });

  test("may carry several signatures, of which one must be right", () => {
    const other = `v1,${Buffer.alloc(32, 1).toString("base64")}`;
    const several = `v1a,abc ${other} ${headers["webhook-signature"]}`;
    const signed = signedIn({ ...headers, "webhook-signature": several }, at);
    if (typeof signed === "string") throw new Error(signed);
    expect(isSigned(signed, body, CHANGES_SECRET)).toBe(true);
  });

  test.each([
    ["no id", { "webhook-id": undefined }],
    ["an id with a dot", { "webhook-id": "msg.1" }],
    ["a very long id", { "webhook-id": "x".repeat(257) }],
    ["no time", { "webhook-timestamp": undefined }],
    ["a time that is no number", { "webhook-timestamp": "1e9" }],
    ["no signature", { "webhook-signature": undefined }],
    [
      "a signature of another version",
      { "webhook-signature": headers["webhook-signature"].replace("v1", "v2") },
    ],
    ["a short signature", { "webhook-signature": "v1,g0hM9SsE" }],
  ])("with %s is refused", (_, over) => {
    expect(signedIn({ ...headers, ...over }, at)).toBeTypeOf("string");
  });
});

describe("POST /changes", () => {
  test("records a product change with its app, its time and who announced it", async () => {
    expect(await post({ ...released, time: "2026-11-30T15:00:00+02:00" })).toEqual([
      200,
      expect.stringMatching(/^recorded as ios-5-2-released-[0-9a-f]{16}$/),
    ]);
    expect(await bot.productChanges.all()).toMatchObject([
      {
        name: "iOS 5.2 released",
        time: Date.UTC(2026, 10, 30, 13),
        scope: { workspace: "main", app: "ios-id" },
        link: "https://github.test/5.2",
        by: "A webhook",
      },
    ]);
  });

  test("records once what is sent again, signed anew, even by two at once", async () => {
    const answers = await Promise.all([post(released), post(released)]);
    const later = await post(released, { time: now + 2 * MINUTE });
    expect(new Set([...answers, later].map(String)).size).toBe(1);
    expect(await bot.productChanges.all()).toHaveLength(1);
    expect(await bot.changes.since(0)).toHaveLength(1);
    expect((await post(released, { id: "msg_2" }))[0]).toBe(200);
    expect(await bot.productChanges.all()).toHaveLength(2);
  });

  test("does not record again what a person undid", async () => {
    await post(released);
    const [change] = await bot.changes.since(0);
    await undo(change!.id, "ada", bot);
    expect((await post(released))[0]).toBe(200);
    expect(await bot.productChanges.all()).toEqual([]);
  });

  test("mutes nothing", async () => {
    await post(released);
    expect(await bot.mutes.all()).toEqual([]);
    expect(await bot.events.all()).toEqual([]);
  });

  test.each([
    ["forged", 401, () => post(released, { headers: signedHeaders("msg_1", now, "{}") })],
    [
      "signed with another secret",
      401,
      () =>
        post(released, {
          headers: signedHeaders("msg_1", now, JSON.stringify(released), `whsec_${"A".repeat(32)}`),
        }),
    ],
    ["six minutes old", 401, () => post(released, { time: now - 6 * MINUTE })],
    ["from the future", 401, () => post(released, { time: now + 6 * MINUTE })],
    ["huge", 413, () => post({ ...released, name: "x".repeat(20_000) })],
    ["no JSON", 422, () => post("iOS 5.2")],
    ["a list", 422, () => post([released])],
    ["without a name", 422, () => post({ app: "iOS" })],
    ["with an empty name", 422, () => post({ name: " " })],
    ["with a name of 81 characters", 422, () => post({ name: "x".repeat(81) })],
    ["with an unknown field", 422, () => post({ ...released, mute: true })],
    ["with an unknown field of 9,000 characters", 422, () => post({ ...released, ["x".repeat(9_000)]: 1 })],
    ["for an unknown app", 422, () => post({ ...released, app: "no such app" })],
    ["for an app that nobody named or watches", 422, () => post({ ...released, app: "ios-typo" })],
    ["for an unknown workspace", 422, () => post({ ...released, app: undefined, workspace: "eu" })],
    ["with a time that cannot be read", 422, () => post({ ...released, time: "yesterday" })],
    ["of last year", 422, () => post({ ...released, time: "2025-11-30T13:00:00Z" })],
    ["of next week", 422, () => post({ ...released, time: new Date(now + 7 * DAY).toISOString() })],
    ["with a link that is no https address", 422, () => post({ ...released, link: "javascript:alert(1)" })],
  ])("refuses a change that is %s, and says why in the log", async (_, status, act) => {
    const [answered, why] = await act();
    expect([answered, why.length > 10 && why.length < 400]).toEqual([status, true]);
    expect(await bot.productChanges.all()).toEqual([]);
    expect(await bot.changes.since(0)).toEqual([]);
    if (status !== 413) expect(JSON.stringify(logged)).toContain("product-change.refused");
    expect(JSON.stringify([logged, why])).not.toContain(CHANGES_SECRET.slice(6));
  });

  test("does not read the body of a request that is not signed", async () => {
    const response = await request(`${server.url}/changes`, { method: "POST", body: "x".repeat(10_000) });
    expect([response.statusCode, response.headers.connection]).toEqual([401, "close"]);
    await response.body.dump();
  });

  test("asks the sender to come back while the bot starts", async () => {
    running = undefined;
    expect((await post(released))[0]).toBe(503);
    running = bot;
    expect((await post(released))[0]).toBe(200);
  });

  test("is the only method that the path allows", async () => {
    const { statusCode, headers, body } = await request(`${server.url}/changes`);
    await body.dump();
    expect([statusCode, headers.allow]).toEqual([405, "POST"]);
  });

  test("forgets product changes after 90 days, and all but the newest thousand", async () => {
    let clock = now;
    running = { ...bot, clock: () => clock };
    await post({ name: "first" });
    clock += 91 * DAY;
    await server.close();
    server = await openServer(() => now);
    await post({ name: "second" }, { id: "msg_2" });
    expect((await bot.productChanges.all()).map(({ name }) => name)).toEqual(["second"]);
  });
});

describe("the examples of the documentation", () => {
  const page = readFileSync(new URL("../../../docs/product-changes.md", import.meta.url), "utf8");

  test("post a change with plain curl", async () => {
    const [, script] = /```sh\n([\s\S]*?)```/.exec(page) ?? [];
    await server.close();
    server = await openServer(Date.now);
    running = { ...bot, clock: Date.now };
    const { stdout } = await promisify(execFile)("sh", ["-euc", script!], {
      env: { ...process.env, TIDEWATCH_URL: server.url, CHANGES_SECRET },
    });
    expect(stdout).toContain("recorded as ");
    expect(await bot.productChanges.all()).toMatchObject([{ name: "iOS 5.2 released" }]);
    expect(Math.abs((await bot.productChanges.all())[0]!.time - Date.now())).toBeLessThan(HOUR);
  }, 30_000);
});
