import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import manifest from "../../slack-manifest.json" with { type: "json" };
import { checkConsole } from "../../src/cli/doctor/console.ts";
import { diagnose } from "../../src/cli/doctor/diagnose.ts";
import { checkChartImages } from "../../src/cli/doctor/pictures.ts";
import { type CheckResult, exitCodeOf } from "../../src/cli/doctor/result.ts";
import type { PermanentError } from "../../src/errors.ts";
import { titleOf } from "../../src/health/checks.ts";
import { checkHealth } from "../../src/pipeline/check-health.ts";
import { seriesId } from "../../src/series/series.ts";
import { plainText } from "../../src/text/text.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { runProgram, settingsOf } from "../support/program.ts";
import { KEY, type Stage, setStage, watches } from "../support/stage.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage(noon);
});
afterEach(() => stage.close());

type Settings = Record<string, string>;

const settings = (over: Settings = {}): Settings => ({ ...settingsOf(stage), ...over });

async function visit(over: Settings = {}, wallClock = Date.now): Promise<CheckResult[]> {
  const results: CheckResult[] = [];
  for await (const section of diagnose(settings(over), stage.now, wallClock))
    results.push(...section.results);
  return results;
}

const of = (results: readonly CheckResult[], result: CheckResult["result"]) =>
  results.filter((one) => one.result === result).map(({ what, advice }) => `${what} → ${advice}`);

/** All that is wrong or could not be seen, in one text, and the exit code for it. */
async function complaints(over: Settings = {}, wallClock = Date.now): Promise<[number, string]> {
  const results = await visit(over, wallClock);
  return [exitCodeOf(results), [...of(results, "failed"), ...of(results, "unknown")].join("\n")];
}

test("the doctor says that all is well, and finds out what Braze does not document", async () => {
  for (const watch of watches) await stage.bot.watches.save(watch);
  const results = await visit();
  expect([...of(results, "failed"), ...of(results, "unknown")]).toEqual([]);
  expect(exitCodeOf(results)).toBe(0);
  const expected = results.map(({ what }) => what).join("\n");
  expect(expected).toMatch(/every setting is there/);
  expect(expected).toMatch(/Redis appends to disk/);
  expect(expected).toMatch(/may read sessions/);
  expect(expected).toMatch(/requests are left of this hour/);
  expect(expected).toMatch(/writes hours in UTC, such as 2026-/);
  expect(expected).toMatch(/hour in progress is in the answer/);
  expect(expected).toMatch(/oldest first/);
  expect(expected).toMatch(/returns all 100 requested hours/);
  expect(expected).toMatch(/edge of two hours includes/);
  expect(expected).toMatch(/go back eight weeks/);
  expect(expected).toMatch(/it may write/);
  expect(expected).toMatch(/C0ALERTS1 can be written to/);
  expect(expected).toMatch(/charts are drawn, with their letters/);
  expect(expected).toMatch(/clock agrees with Braze's[\s\S]*clock agrees with Slack's/);
});

test("the doctor lists all missing and invalid settings and notices a misspelled one", async () => {
  const results = await visit({ BRAZE_API_KEY: "", TIME_ZONE: "Mars/Base", BRAZE_APIKEY: "secret-value" });
  expect(exitCodeOf(results)).toBe(1);
  expect(of(results, "failed").join()).toMatch(
    /BRAZE_API_KEY is missing.*TIME_ZONE must be an IANA time zone/s,
  );
  expect(of(results, "note").join()).toContain("BRAZE_APIKEY is not a setting");
  expect(JSON.stringify(results)).not.toContain("secret-value");
});

describe("Redis", () => {
  /** The address of the same Redis for somebody to whom these commands are forbidden. */
  async function guestWithout(...commands: readonly string[]): Promise<string> {
    const rights = ["~*", "+@all", ...commands.map((command) => `-${command}`)];
    await stage.connection.call("ACL", "SETUSER", "guest", "on", ">guest-password", ...rights);
    return `redis://guest:guest-password@${new URL(stage.redis.url).host}`;
  }

  test.each([
    ["does not append to disk", ["appendonly", "no"], /appendonly yes/],
    ["may drop what it holds", ["maxmemory-policy", "allkeys-lru"], /noeviction/],
  ])("that %s is an error", async (_, [name, value], advice) => {
    await stage.connection.config("SET", name!, value!);
    const [code, expected] = await complaints();
    expect([code, expected]).toEqual([1, expect.stringMatching(advice)]);
  });

  test.each([
    ["is full", ["maxmemory", "1"], /uses all the memory.*\(OOM\) → Raise maxmemory/],
    ["misses its replicas", ["min-replicas-to-write", "1"], /\(NOREPLICAS\) → Bring the replicas back/],
  ])(
    "that %s refuses writes is reported with what to do, and the other checks still run",
    async (_, [name, value], expected) => {
      await stage.connection.config("SET", name!, value!);
      const results = await visit();
      expect(exitCodeOf(results)).toBe(1);
      expect(of(results, "failed").join("\n")).toMatch(expected);
      expect(results.map(({ what }) => what).join("\n")).toMatch(/may read sessions[\s\S]*it may write/);
    },
  );

  test("whose user may not write is an error, and the doctor still exits", async () => {
    const { status, printed } = await runProgram("src/cli/doctor.ts", [], {
      settings: settings({ REDIS_URL: await guestWithout("@write") }),
    });
    expect([status, printed]).toEqual([1, expect.stringMatching(/\(NOPERM\)\n.*Let the user of REDIS_URL/)]);
    expect(printed).not.toContain("    at ");
  });

  test("that forbids inspection is not an error: the check reports that it could not look", async () => {
    const [code, expected] = await complaints({ REDIS_URL: await guestWithout("info", "config") });
    expect([code, expected]).toEqual([
      2,
      expect.stringMatching(/could not be seen whether Redis appends to disk/),
    ]);
  });

  test("with data from a newer Tidewatch is an error, and the data is left unchanged", async () => {
    expect((await visit()).map(({ what }) => what)).toContain(
      "what is stored is of version 1, as this Tidewatch writes it",
    );
    await stage.connection.set("tidewatch:{lists}:version", "99");
    expect(await complaints()).toEqual([1, expect.stringMatching(/version 99.*newer Tidewatch/)]);
    expect(await stage.connection.get("tidewatch:{lists}:version")).toBe("99");
  });

  test("that refuses to list the watches is an error, and the other checks still run", async () => {
    const [code, expected] = await complaints({ REDIS_URL: await guestWithout("hgetall", "hvals") });
    expect([code, expected]).toEqual([1, expect.stringMatching(/NOPERM.*REDIS_URL/)]);
  });

  test("that does not answer could not be checked, and the other checks still run", async () => {
    const [code, expected] = await complaints({ REDIS_URL: "redis://:secret-password@127.0.0.1:1" });
    expect([code, expected]).toEqual([
      2,
      expect.stringMatching(/Redis does not answer.*ECONNREFUSED.*REDIS_URL/),
    ]);
    expect(expected).not.toContain("secret-password");
    expect(expected.split("\n")).toHaveLength(1);
  });
});

describe("Braze", () => {
  test.each<[string, (control: Stage["braze"]["control"]) => unknown, number, RegExp]>([
    ["a wrong key", (control) => control.useKey("another"), 1, /401.*BRAZE_API_KEY/],
    ["a key without the permission", (control) => control.useKey(KEY, []), 1, /sessions\.data_series/],
    ["a wrong address", (control) => control.fail({ kind: "wrong-url" }), 1, /BRAZE_REST_ENDPOINT/],
    ["maintenance", (control) => control.fail({ kind: "queued" }), 2, /maintenance.*run the doctor again/],
    ["a used-up quota", (control) => control.fail({ kind: "rate-limited" }), 2, /429/],
    ["a broken connection", (control) => control.fail({ kind: "reset" }), 2, /could not be reached/],
  ])("with %s", async (_, spoil, code, advice) => {
    spoil(stage.braze.control);
    expect(await complaints()).toEqual([code, expect.stringMatching(advice)]);
  });

  test("a zone mismatch is noticed for times without a zone, and the fitting zone is named", async () => {
    stage.braze.control.turn({ timeForm: "naive" });
    expect(await complaints()).toEqual([0, ""]);
    const [code, expected] = await complaints({
      BRAZE_NAIVE_TIME_ZONE: "America/New_York",
      TIME_ZONE: "UTC",
    });
    expect([code, expected]).toEqual([1, expect.stringMatching(/4 h in the future.*UTC\+0.*UTC would fit/)]);
  });

  test.each([
    [{ timeForm: "short-offset" as const }, /not ISO 8601/],
    [{ partialHour: "left-out" as const }, /hour in progress is not in the answer/],
    [{ order: "descending" as const }, /newest first/],
    [{ answers: "short" as const }, /Braze returned 60 of 100 requested hours/],
    [{ endingEdge: "excluded" as const }, /edge of two hours leaves out/],
    [{ history: "limited" as const }, /no data from eight weeks ago/],
  ])("that behaves like %o is recognized", async (switches, expected) => {
    stage.braze.control.turn(switches);
    const results = await visit();
    expect(results.map(({ what }) => what).join("\n")).toMatch(expected);
    expect(exitCodeOf(results)).toBe(0);
  });

  test.each([
    ["zero", "unknown", /empty hours are returned as zero/],
    ["left-out", "unknown", /2 hours between others are omitted.*BRAZE_EMPTY_HOURS=zero/],
    ["left-out", "zero", /2 hours are omitted, and count as zero/],
  ] as const)("with empty hours %s, set to %s", async (emptyHours, setting, expected) => {
    stage.braze.control.turn({ emptyHours });
    stage.braze.control.happen({ series: {}, kind: "outage", from: noon - 9 * HOUR, hours: 2 });
    const results = await visit({ BRAZE_EMPTY_HOURS: setting });
    expect(results.map(({ what, advice }) => `${what} ${advice}`).join("\n")).toMatch(expected);
  });

  test("each metric that is watched is asked for, and a permission that is missing is named", async () => {
    const series = { workspace: "main", app: "ios" } as const;
    for (const [id, metric, unit] of [
      ["ios", "sessions", "hour"],
      ["dau", "dau", "day"],
      ["new", "new-users", "day"],
    ] as const)
      await stage.bot.watches.save(anAppWatch({ id, series: { ...series, metric, unit } }));
    stage.braze.control.useKey(KEY, ["sessions.data_series", "segments.list", "kpi.dau.data_series"]);
    const results = await visit();
    expect(of(results, "passed").join("\n")).toMatch(/may read sessions[\s\S]*may read daily active users/);
    expect(of(results, "failed")).toEqual([
      expect.stringMatching(/^new users cannot be read: .*permission kpi\.new_users\.data_series/),
    ]);
    const notes = of(results, "note").join("\n");
    expect(notes).toMatch(/counted by the clock of UTC; the key may not read/);
    expect(notes).toMatch(/revenue cannot be watched with this key: purchases\.revenue_series is missing/);
    expect(of(results, "passed").join("\n")).toMatch(
      /may read daily active users; no day was empty.*; the day in progress is in the answer/,
    );
  });

  test("each metric that nobody watches is tried, too, with the first that Braze lists where it needs a name", async () => {
    await stage.close();
    stage = await setStage(noon, {
      events: [{ name: "Order Completed", perSession: 0.2 }],
      products: [{ name: "Soup", perSession: 0.2, price: 5 }],
      segments: [{ id: "vip", name: "VIP", share: 0.4 }],
      campaigns: [{ id: "0-summer", name: "Summer Sale", perSession: 0.2, channels: ["email"] }],
    });
    const results = await visit();
    const read = of(results, "passed").join("\n");
    for (const what of [
      "custom events, as of Order Completed",
      "purchases",
      "revenue",
      "daily active users",
      "monthly active users",
      "new users",
      "uninstalls",
      "segment size, as of VIP",
      "the numbers of campaigns, as of Summer Sale",
    ])
      expect(read).toMatch(
        new RegExp(
          `the key may read ${what}; .*(?:empty|left out).*; .*(?:in progress|newest).*by the clock of UTC`,
        ),
      );
    expect(of(results, "note").join("\n")).toMatch(
      /numbers of canvases were not tried: Braze lists no Canvas/,
    );
    expect(of(results, "passed").join("\n")).toContain(
      "alerts can name the channels of campaigns that are sent",
    );
    expect(of(results, "failed")).toEqual([]);

    stage.braze.control.useKey(KEY, ["sessions.data_series", "campaigns.list"]);
    expect(of(await visit(), "note").join("\n")).toContain(
      "alerts do not name the channels of campaigns that are sent: campaigns.details is missing",
    );
    stage.braze.control.useKey(KEY, ["sessions.data_series", "segments.list", "events.list"]);
    const notes = of(await visit(), "note").join("\n");
    expect(notes).toMatch(/custom events cannot be watched with this key: events\.data_series is missing/);
    expect(notes).toMatch(/numbers of campaigns cannot be watched with this key: campaigns\.list is missing/);
  });

  test("a company whose days Braze counts by another clock than is set is noticed", async () => {
    const series = { workspace: "main", app: "ios", metric: "dau", unit: "day" } as const;
    await stage.bot.watches.save(anAppWatch({ id: "dau", series }));
    expect(await complaints()).toEqual([0, ""]);
    expect(await complaints({ TIME_ZONE: "Asia/Tokyo" })).toEqual([0, ""]);
    expect(await complaints({ BRAZE_COMPANY_TIME_ZONE: "Asia/Tokyo" })).toEqual([
      1,
      expect.stringMatching(
        /is Asia\/Tokyo, but Braze counts days by the clock of UTC.* → Set BRAZE_COMPANY_TIME_ZONE=UTC/,
      ),
    ]);
    expect(await complaints({ TIME_ZONE: "Asia/Tokyo", BRAZE_COMPANY_TIME_ZONE: "UTC" })).toEqual([0, ""]);
  });

  test("hours that grew after their last reading are noticed", async () => {
    const watch = watches[0]!;
    await stage.bot.watches.save(watch);
    const hours = Array.from({ length: 24 }, (_, i) => noon - i * HOUR).reverse();
    const points = hours.map((bucket) => ({
      bucket,
      value: stage.braze.control.sessions(watch.series, bucket),
    }));
    const store = (changed: number) =>
      stage.bot.series.write(
        seriesId(watch.series),
        points.map((point, i) => (i === changed ? { ...point, value: point.value - 5 } : point)),
        hours[0]!,
        noon,
      );
    await store(-1);
    expect((await visit()).map(({ what }) => what).join()).toMatch(
      /of 24 hours that are stored none has changed/,
    );
    const isDown = 20 * HOUR;
    stage.pass(isDown);
    await store(21);
    expect((await visit()).map(({ what }) => what).join()).toMatch(/1 changed since.*reads them again/);
    stage.pass(-isDown);
    await store(2);
    expect(await complaints()).toEqual([1, expect.stringMatching(/TRAILING_WINDOW above 21h/)]);
  });
});

describe("Slack", () => {
  beforeEach(async () => {
    await stage.bot.watches.save(watches[0]!);
  });

  test.each<[string, () => unknown, number, RegExp]>([
    [
      "a token that was revoked",
      () => stage.slack.faults.next("auth.test", { kind: "error", error: "token_revoked" }),
      1,
      /token_revoked.*SLACK_BOT_TOKEN/,
    ],
    ["a Slack that is gone", () => stage.slack.down(), 2, /could not be reached/],
    [
      "no scope to write",
      () => stage.slack.grant(["channels:read", "channels:history"]),
      1,
      /chat:write is missing/,
    ],
    ["an archived channel", () => stage.slack.change("C0ALERTS1", { isArchived: true }), 1, /archived/],
    ["a channel without the bot", () => stage.slack.change("C0ALERTS1", { isMember: false }), 1, /\/invite/],
    [
      "a channel without the bot that may only be read",
      () => {
        stage.slack.grant(["chat:write", "channels:history"]);
        stage.slack.change("C0ALERTS1", { isMember: false });
      },
      1,
      /\/invite/,
    ],
    [
      "a private channel that cannot be seen",
      () => stage.slack.change("C0ALERTS1", { isPrivate: true, isMember: false }),
      1,
      /channel_not_found/,
    ],
    ["no scope to look at channels", () => stage.slack.grant(["chat:write"]), 2, /channels:read/],
  ])("with %s", async (_, spoil, code, expected) => {
    await spoil();
    expect(await complaints()).toEqual([code, expect.stringMatching(expected)]);
  });

  test("an ops channel without the bot is an error, and a missing ops channel is a note", async () => {
    expect(of(await visit(), "note").join("\n")).toMatch(/posted in no channel.*SLACK_OPS_CHANNEL/);
    stage.slack.change("C0OPS0001", { isMember: false });
    const [code, expected] = await complaints({ SLACK_OPS_CHANNEL: "C0OPS0001" });
    expect([code, expected]).toEqual([1, expect.stringMatching(/not in C0OPS0001.*\/invite/)]);
  });

  test("a missing permission to upload pictures is a note", async () => {
    stage.slack.grant(["chat:write", "channels:history"]);
    expect(of(await visit(), "note").join("\n")).toMatch(/may not upload the pictures.*Add these scopes/);
  });

  test("scopes for mentions, invitations and replies are asked for where Tidewatch listens to Slack", async () => {
    stage.slack.grant(["chat:write", "channels:history", "users:read", "files:write", "files:read"]);
    const listening = { SLACK_APP_TOKEN: stage.slack.appToken };
    const notes = of(await visit(listening), "note").join("\n");
    expect(notes).toMatch(/no mentions or direct messages \(app_mentions:read, im:history\)/);
    expect(notes).toMatch(/does not notice all invitations.*channels:read, groups:read/);
    expect(notes).toMatch(/replies in the threads of all alerts.*groups:history/);
    expect(of(await visit(), "note").join("\n")).not.toContain("app_mentions:read");
  });

  test.each(manifest.oauth_config.scopes.bot)(
    "a Slack app without the scope %s is told what it misses",
    async (scope) => {
      const all: string[] = manifest.oauth_config.scopes.bot;
      const missing = async (granted: readonly string[]) => {
        stage.slack.grant(granted);
        const results = await visit({ SLACK_APP_TOKEN: stage.slack.appToken });
        return [...of(results, "note"), ...of(results, "failed")].filter((text) => text.includes(scope));
      };
      expect(await missing(all)).toEqual([]);
      expect(await missing(all.filter((one) => one !== scope))).not.toEqual([]);
    },
  );

  test("a permission rule by user group without the scope to read groups is an error", async () => {
    await stage.bot.permissions.set({ who: "group", group: "S0TEAM001" });
    stage.slack.grant(["chat:write", "channels:history"]);
    expect(await complaints()).toEqual([1, expect.stringMatching(/usergroups:read.*so only admins may/)]);
    await stage.bot.permissions.set({ who: "everyone" });
  });

  test("with only the required scopes all is well", async () => {
    stage.slack.grant(["chat:write", "channels:history"]);
    expect(await complaints()).toEqual([0, ""]);
  });
});

describe("the console", () => {
  test("that no one can use for commands is only a note", async () => {
    expect(of(await visit(), "note").join("\n")).toMatch(/Slack commands are off.*slack-setup\.md/);
    expect(await complaints()).toEqual([0, ""]);
  });

  test("over Socket Mode is tried up to Slack's hello", async () => {
    const results = await visit({ SLACK_APP_TOKEN: stage.slack.appToken });
    expect(of(results, "passed").join("\n")).toContain("a socket to Slack can be opened");
    expect(exitCodeOf(results)).toBe(0);
  });

  test.each<[string, string, () => unknown, number, RegExp]>([
    [
      "a token that Slack refuses",
      "xapp-1-A0NOBODY-1-unknown",
      () => {},
      1,
      /Slack commands and buttons do not work: .*invalid_auth.*SLACK_APP_TOKEN/,
    ],
    [
      "an app without Socket Mode",
      "",
      () => stage.slack.faults.next("apps.connections.open", { kind: "error", error: "missing_scope" }),
      1,
      /missing_scope.*connections:write/,
    ],
    [
      "a Slack that is overloaded",
      "",
      () => stage.slack.faults.next("apps.connections.open", { kind: "status", status: 503 }),
      2,
      /503/,
    ],
  ])("over Socket Mode, with %s", async (_, token, spoil, code, expected) => {
    spoil();
    const [exit, complaint] = await complaints({ SLACK_APP_TOKEN: token || stage.slack.appToken });
    expect([exit, complaint]).toEqual([code, expect.stringMatching(expected)]);
    expect(complaint).not.toMatch(/xapp-\w/);
  });

  test("over Socket Mode behind a blocking proxy is an error", async () => {
    const proxy = createServer((_, response) => {
      const { port } = proxy.address() as AddressInfo;
      response.setHeader("content-type", "application/json");
      response.end(JSON.stringify({ ok: true, url: `ws://127.0.0.1:${port}/link` }));
    });
    proxy.on("upgrade", (_, socket) => socket.destroy());
    proxy.listen(0, "127.0.0.1");
    await once(proxy, "listening");
    const { port } = proxy.address() as AddressInfo;
    const [result] = await checkConsole({
      console: { via: "socket", appToken: stage.slack.appToken },
      slack: { ...stage.config.slack, apiUrl: `http://127.0.0.1:${port}/api/` },
    });
    proxy.close();
    expect(result).toMatchObject({ result: "failed", advice: expect.stringMatching(/proxy.*wss:/) });
  });

  const signed = (port: number) => ({
    SLACK_SIGNING_SECRET: "0123456789abcdef0123456789abcdef",
    SLACK_HTTP_PORT: String(port),
  });

  test("over HTTP needs a free port", async () => {
    const listening = createServer().listen(0, "127.0.0.1");
    await once(listening, "listening");
    const { port } = listening.address() as AddressInfo;
    const taken = await visit(signed(port));
    expect(of(taken, "note").join("\n")).toMatch(/in use → By Tidewatch itself.*SLACK_HTTP_PORT/);
    expect(exitCodeOf(taken)).toBe(0);

    listening.close();
    await once(listening, "close");
    const free = await visit(signed(port));
    expect(of(free, "passed").join("\n")).toContain(`127.0.0.1:${port} is free for Slack's requests`);
  });

  test("over HTTP at an address that this machine does not have is an error", async () => {
    const [code, expected] = await complaints({ ...signed(8_080), SLACK_HTTP_HOST: "192.0.2.1" });
    expect([code, expected]).toEqual([1, expect.stringMatching(/EADDRNOTAVAIL.*SLACK_HTTP_HOST/)]);
  });
});

test.each([
  [4 * MINUTE, /240 s ahead of Braze's[\s\S]*240 s ahead of Slack's/],
  [-2 * MINUTE, /120 s behind Braze's/],
])("the doctor notices a clock that is %d ms off", async (skew, expected) => {
  expect(await complaints({}, () => Date.now() + skew)).toEqual([1, expect.stringMatching(expected)]);
});

test.each([
  ["without letters", async () => new Uint8Array(5), /without their letters.*npm ci/],
  [
    "not at all",
    () => Promise.reject(new Error("no build for this machine")),
    /cannot be drawn: no build.*npm ci/,
  ],
])("the doctor notices charts that are drawn %s", async (_, paint, expected) => {
  const [result] = await checkChartImages(paint);
  expect(`${result?.what} ${result?.advice}`).toMatch(expected);
  expect(result?.result).toBe("failed");
});

test("the doctor prints each area, exits with a status for scripts, and never shows a secret", async () => {
  stage.braze.control.useKey("another");
  const { status, printed } = await runProgram("src/cli/doctor.ts", [], { settings: settings() });
  expect(status).toBe(1);
  expect(printed).toMatch(
    /Environment[\s\S]*Redis[\s\S]*Braze\n {2}✗ Tidewatch cannot read Braze \(workspace main\): Braze answered 401[\s\S]*Slack[\s\S]*Clock/,
  );
  expect(printed).not.toContain(KEY);
  expect(printed).not.toContain(stage.slack.token);
});

test("the doctor says of a failure what the ops channel says of it", async () => {
  for (const watch of watches) await stage.bot.watches.save(watch);
  stage.braze.control.useKey("another");
  const refusal: PermanentError = await stage.bot.probe(watches[0]!.series).then(
    () => Promise.reject(new Error("Braze took another key")),
    (error) => error,
  );
  const { failure, message, advice } = refusal;
  await stage.bot.failures.raise("main", { failure, message, advice, since: noon });
  const { openIssues } = await checkHealth(stage.bot, () => {});
  const issue = openIssues.find(({ id }) => id === "braze.main");
  expect(await visit()).toContainEqual({
    result: "failed",
    what: `${plainText(titleOf(issue!))}: ${issue!.detail}`,
    advice: issue!.advice,
  });
});

test("the doctor lists what the bot recorded: a refused series is an error, late data is a note", async () => {
  for (const watch of watches) await stage.bot.watches.save(watch);
  const [ios, android] = watches.map(({ series }) => seriesId(series)) as [string, string];
  await stage.bot.failures.raise(ios, {
    failure: "braze-unknown-id",
    message: "Braze does not know this app",
    advice: "Check the id.",
    since: noon,
  });
  const last = noon - HOUR;
  await stage.bot.progress.save(android, {
    evaluatedThrough: last,
    notEvaluated: { since: last, through: last, because: "missing" },
  });
  const results = await visit();
  expect(of(results, "failed")).toEqual([
    "Braze refuses requests for ios: Braze does not know this app → Check the id.",
  ]);
  expect(of(results, "note").join("\n")).toMatch(/Data is late: android: .*Nothing to do if it passes/);
});

test("the doctor says which work this process leaves to another", async () => {
  const results = await visit({ WORKERS: "tick,collect" });
  expect(of(results, "note").join("\n")).toContain(
    "works on tick, collect only → Another process with the same REDIS_URL has to do the rest: evaluate, notify,",
  );
});
