import { inspect } from "node:util";
import { beforeEach, expect, test } from "vitest";
import { keysOf } from "../../../../src/adapters/redis/keys.ts";
import { redisStores } from "../../../../src/adapters/redis/stores.ts";
import type { PermanentError } from "../../../../src/errors.ts";
import { keepSecret } from "../../../../src/redact.ts";
import { aHealthIssue, anExclusion, anIncident, aWatch, noon } from "../../../support/builders.ts";
import { ownRedis } from "../own-redis.ts";

const own = ownRedis();

const keys = keysOf("tidewatch");
const ID = "main.ios.us.hour";
let reported: PermanentError[];
const report = (problem: PermanentError) => reported.push(problem);
const stores = () => redisStores(own.redis, { report });
const aPoint = [{ bucket: noon, value: 5 }];

beforeEach(async () => {
  reported = [];
  await own.redis.flushall();
});

test("a damaged watch is reported with its name and what to do, and the other watches continue", async () => {
  const { watches } = stores();
  await watches.save(aWatch({ id: "good" }));
  await watches.save(aWatch({ id: "bad" }));
  await own.redis.hset(keys.watches(), "bad", '{"id":"bad"}');

  expect((await watches.all()).map(({ id }) => id)).toEqual(["good"]);
  expect((await watches.forSeries(ID)).map(({ id }) => id)).toEqual(["good"]);
  expect(reported).toHaveLength(2);
  expect(reported[0]?.message).toMatch(/tidewatch:\{lists\}:watches bad.*series/);
  expect(reported[0]?.advice).toContain("redis-cli HDEL 'tidewatch:{lists}:watches' 'bad'");
  await expect(watches.byId("bad")).rejects.toThrow(/watches bad/);
});

test("a damaged watch can be removed or replaced", async () => {
  const { watches } = stores();
  await watches.save(aWatch());
  await own.redis.hset(keys.watches(), "ios-us", "no JSON");
  await watches.save(aWatch());
  expect(await watches.all()).toEqual([aWatch()]);
  await own.redis.hset(keys.watches(), "ios-us", "no JSON");
  expect(await watches.remove("ios-us")).toBe(true);
  expect(await watches.seriesIds()).toEqual([]);
});

test("damaged progress stops only its own series", async () => {
  const { progress } = stores();
  await progress.save("main.web.all.hour", { evaluatedThrough: noon });
  await own.redis.hset(keys.progress(), ID, "{");
  expect([...(await progress.all()).keys()]).toEqual(["main.web.all.hour"]);
  expect(reported[0]?.message).toContain(ID);
  await expect(progress.of(ID)).rejects.toMatchObject({ failure: "redis-damaged" });
  await expect(progress.save(ID, { evaluatedThrough: noon })).rejects.toMatchObject({
    failure: "redis-damaged",
    advice: expect.stringContaining(`HDEL 'tidewatch:{lists}:progress' '${ID}'`),
  });
});

test.each([
  ["of a time beyond all dates", { at: 1e300 }],
  ["that concerns a mute of nothing", { changed: { kind: "mute", scope: {} } }],
])("a change %s is reported, and the other changes continue", async (_, damage) => {
  const { changes } = stores();
  const change = {
    id: "good",
    at: noon,
    by: "U1",
    changed: { kind: "permissions", after: { who: "members" } },
  } as const;
  await changes.record([change]);
  await changes.record([
    { ...change, id: "bad", changed: { ...change.changed, before: { who: "members" } } },
  ]);
  await own.redis.hset(keys.changes(), "bad", JSON.stringify({ ...change, ...damage, id: "bad" }));
  expect((await changes.since(0)).map(({ id }) => id)).toEqual(["good"]);
  expect(reported[0]?.message).toContain(`${keys.changes()} bad`);
});

test("a watch whose id does not fit in a Slack button is reported", async () => {
  const { watches } = stores();
  const id = "a".repeat(101);
  await own.redis.hset(keys.watches(), id, JSON.stringify(aWatch({ id })));
  expect(await watches.all()).toEqual([]);
  expect(reported[0]?.message).toContain("id");
});

test("a damaged incident is reported by name and never treated as missing", async () => {
  const { incidents } = stores();
  const incident = await incidents.save(anIncident());
  const key = keys.incident("ios-us", incident!.id);
  await own.redis.hset(key, "json", '{"id":1}');
  for (const look of [incidents.byId(incident!.id), incidents.live("ios-us"), incidents.since("ios-us", 0)]) {
    await expect(look).rejects.toThrow(key);
  }
  await own.redis.del(key);
  expect(await incidents.live("ios-us")).toEqual([]);
  expect(await incidents.save(anIncident())).toMatchObject({ version: 1 });
});

test("an incident whose name does not belong to its watch is refused", async () => {
  await expect(stores().incidents.save(anIncident({ watchId: "web" }))).rejects.toThrow(
    /does not name its watch/,
  );
});

test.each<[string, () => Promise<unknown>]>([
  ["cut short", () => own.redis.set(keys.history(ID), "short")],
  ["gone, while what it held is not", () => own.redis.del(keys.history(ID))],
  ["there, while what it holds is not known", () => own.redis.del(keys.series(ID))],
  ["held to be nonsense", () => own.redis.hset(keys.series(ID), "newest", "soon")],
  ["another kind of value", () => own.redis.multi().del(keys.history(ID)).rpush(keys.history(ID), 1).exec()],
])("a history that is %s is reported and neither read nor overwritten", async (_, damage) => {
  const { series } = stores();
  await series.write(ID, aPoint, noon, noon);
  await damage();
  const error = {
    failure: "redis-damaged",
    message: expect.stringContaining(keys.history(ID)),
    advice: expect.stringContaining(`redis-cli DEL '${keys.history(ID)}' '${keys.series(ID)}'`),
  };
  await expect(series.read(ID)).rejects.toMatchObject(error);
  await expect(series.write(ID, aPoint, noon, noon)).rejects.toMatchObject(error);
  await series.remove(ID);
  await series.write(ID, aPoint, noon, noon);
  expect((await series.read(ID))?.history.values).toEqual([5]);
});

test("an error about damaged data shows no part of the data, which may hold a secret", async () => {
  const secret = "damaged-secret-5e0c";
  keepSecret(secret);
  await own.redis.set(keys.message("a"), `{"state":${secret}}`);
  const error = await stores()
    .notificationLog.entry("a")
    .catch((problem: unknown) => problem);
  expect(error).toMatchObject({ failure: "redis-damaged" });
  expect(inspect(error, { depth: 9 })).not.toContain(secret);
});

test("a damaged line of the notification log is reported", async () => {
  const { notificationLog } = stores();
  await own.redis.set(keys.message("a"), '{"state":"sent"}');
  await expect(notificationLog.entry("a")).rejects.toThrow(keys.message("a"));
});

test("a damaged mute is reported and mutes nothing", async () => {
  const { mutes } = stores();
  await own.redis.hset(keys.mutes(), "watch ios", '{"until":"for ever"}');
  expect(await mutes.all()).toEqual([]);
  expect(reported).toMatchObject([
    { advice: expect.stringContaining(`redis-cli HDEL '${keys.mutes()}' 'watch ios'`) },
  ]);
});

test("a damaged event or excluded range is reported and skipped", async () => {
  const { events, exclusions } = stores();
  await own.redis.hset(keys.events(), "sale", '{"name":"Sale"}');
  await exclusions.save(anExclusion());
  await own.redis.hset(keys.exclusions(ID), "ever", '{"from":"ever"}');
  expect(await events.all()).toEqual([]);
  expect(await exclusions.all()).toEqual([anExclusion()]);
  expect(reported).toMatchObject([
    { advice: expect.stringContaining(`redis-cli HDEL '${keys.events()}' 'sale'`) },
    { advice: expect.stringContaining(`redis-cli HDEL '${keys.exclusions(ID)}' 'ever'`) },
  ]);
});

test("damaged lines of the audit log are reported and skipped", async () => {
  const { audit } = stores();
  await own.redis.zadd(
    keys.auditedVerdicts("ios"),
    noon,
    "yesterday",
    noon,
    "7 sideways warning 1 2 3 4 5 6 1",
  );
  await own.redis.zadd(keys.auditedDecisions("ios"), noon, "said something");
  expect(await audit.verdicts("ios", 0, noon)).toEqual([]);
  expect(await audit.decisions("ios", 0)).toEqual([]);
  expect(reported).toHaveLength(3);
  expect(reported[0]?.advice).toContain(`redis-cli ZREM '${keys.auditedVerdicts("ios")}'`);
});

test.each([
  ["1e400 missing", "1700000000000 missing", "494892 no reason at all", "494892 mi\u001bssing"],
  ["494892 drop warning x 2 3 4 5 6 1", "494892 drop warning  2 3 4 5 6 1"],
])("an invalid verdict such as %s is treated as missing", async (...texts) => {
  const { audit } = stores();
  await own.redis.zadd(keys.auditedVerdicts("ios"), ...texts.flatMap((text) => [noon, text]));
  expect(await audit.verdicts("ios", 0, noon)).toEqual([]);
  expect(reported).toHaveLength(texts.length);
});

test.each([
  "i x - notify opened",
  "i 494892 soon notify opened",
  "i 494892 - say opened",
  "i 494892 - notify \n",
])("an invalid decision such as %j is treated as missing", async (text) => {
  const { audit } = stores();
  await own.redis.zadd(keys.auditedDecisions("ios"), noon, text);
  expect(await audit.decisions("ios", 0)).toEqual([]);
  expect(reported).toHaveLength(1);
});

test.each<[string, (all: ReturnType<typeof stores>) => Promise<unknown>]>([
  [keys.watches(), ({ watches }) => watches.all()],
  [keys.progress(), ({ progress }) => progress.save(ID, { evaluatedThrough: noon })],
  [keys.live("ios-us"), ({ incidents }) => incidents.live("ios-us")],
  [keys.mutes(), ({ mutes }) => mutes.all()],
  [keys.outbox(), ({ outbox }) => outbox.all()],
  [keys.journal("ios-us"), ({ journal }) => journal.between("ios-us", 0, noon)],
  [keys.message("m"), ({ notificationLog }) => notificationLog.entry("m")],
  [keys.journal("ios"), ({ journal }) => journal.record("ios", [{ bucket: noon, verdict: "normal" }])],
  [keys.exclusions(anExclusion().seriesId), ({ exclusions }) => exclusions.save(anExclusion())],
])("%s of the wrong Redis type is reported and never treated as empty", async (key, act) => {
  await own.redis.lpush(key, "by hand");
  await expect(act(stores())).rejects.toMatchObject({
    failure: "redis-damaged",
    message: expect.stringContaining(key),
    advice: expect.stringContaining("redis-cli TYPE"),
  });
});

test("an instant outside the range of dates is damage", async () => {
  const { healthIssues, incidents } = stores();
  const incident = await incidents.save(anIncident());
  await own.redis.hset(
    keys.incident("ios-us", incident!.id),
    "json",
    JSON.stringify({ ...incident, openedAt: 1e16 }),
  );
  await expect(incidents.byId(incident!.id)).rejects.toThrow(/openedAt/);
  await own.redis.hset(keys.healthIssues(), "late.ios", '{"id":"late.ios","since":-1e16}');
  expect(await healthIssues.all()).toEqual([]);
  // A check that fails again replaces it.
  await healthIssues.update("late.ios", (stored) => {
    expect(stored).toBeUndefined();
    return aHealthIssue({ id: "late.ios" });
  });
  expect(await healthIssues.all()).toHaveLength(1);
});

test("a damaged failure record is reported, and can be raised and cleared", async () => {
  const { failures } = stores();
  const failure = { failure: "braze-wrong-key", message: "m", advice: "a", since: noon } as const;
  await own.redis.hset(keys.failures(), "main", "[]");
  expect(await failures.all()).toEqual(new Map());
  expect(await failures.clear("main")).toBeUndefined();
  expect(reported).toHaveLength(2);
  await own.redis.hset(keys.failures(), "main", "null");
  expect(await failures.raise("main", failure)).toBe(true);
});

test("every key that may become orphaned has an expiry", async () => {
  const { series, incidents, journal, audit, notificationLog } = stores();
  await series.write(ID, aPoint, noon, noon);
  await incidents.save(anIncident());
  await journal.record("ios-us", [{ bucket: noon, verdict: "normal" }]);
  await audit.recordVerdicts("ios-us", noon, noon, [
    { kind: "not-evaluated", bucket: noon, because: "missing" },
  ]);
  await audit.recordDecisions("ios-us", [
    { incidentId: anIncident().id, bucket: noon, decision: { notify: "opened" }, at: noon },
  ]);
  await notificationLog.save("m", { state: "sending", since: noon });
  const written = await own.redis.keys("*");
  expect(written).toHaveLength(9);
  for (const key of written) expect(await own.redis.ttl(key), key).toBeGreaterThan(89 * 86_400);
});
