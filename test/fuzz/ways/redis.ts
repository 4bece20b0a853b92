import { Redis } from "ioredis";
import { keysOf } from "../../../src/adapters/redis/keys.ts";
import { redisStores } from "../../../src/adapters/redis/stores.ts";
import { encodeState, newState } from "../../../src/detector/detector.ts";
import type { PermanentError } from "../../../src/errors.ts";
import type { Stores } from "../../../src/pipeline/ports/stores.ts";
import { HOUR } from "../../../src/time/time.ts";
import { anIncident, anomalous, aWatch, noon } from "../../support/builders.ts";
import { startRedis } from "../../support/redis.ts";
import type { Dice } from "../dice.ts";
import { hostileJson, hostileText, mutateBytes } from "../hostile.ts";
import { checkRefusal, holds, refusedOrLater, type Way } from "../way.ts";

const SERIES = "main.ios.us.hour";
const OVERFLOW = "C0ALERTS1.2026-06-16T12";
const keys = keysOf("tidewatch");

/** Writes one of everything. */
async function fill(stores: Stores): Promise<void> {
  const incident = (await stores.incidents.save(anIncident()))!;
  const state = encodeState(newState({ unit: "hour", zone: "UTC" }));
  const alertGroup = { id: "room@1", groupKey: "room", openedAt: noon, members: [incident.id], version: 0 };
  const points = [{ bucket: noon, value: 610 }];
  await stores.watches.save(aWatch());
  await stores.series.write(SERIES, points, noon - HOUR, noon);
  await stores.series.saveState(SERIES, { through: noon, bytes: state }, 0);
  await stores.progress.save(SERIES, { evaluatedThrough: noon, collectedThrough: noon });
  await stores.journal.record("ios-us", [{ bucket: noon, verdict: "anomalous" }]);
  await stores.audit.recordVerdicts("ios-us", noon, noon, [anomalous(noon)] as never);
  await stores.audit.recordDecisions("ios-us", [
    { incidentId: incident.id, bucket: noon, decision: { notify: "opened" }, at: noon },
  ]);
  await stores.sends.plan(
    "main",
    [{ id: "0-1", name: "Sale", kind: "campaign", time: noon, scope: { workspace: "main" } }],
    noon - HOUR,
  );
  await stores.mutes.save({
    scope: { kind: "watch", watch: "ios-us" },
    by: "U1",
    at: noon,
    until: noon,
    incidents: [],
  });
  await stores.alertGroups.save(alertGroup);
  await stores.outbox.add(incident.id, "room");
  await stores.rechecks.save([{ incidentId: incident.id, groupKey: "room", at: noon }]);
  await stores.failures.raise("main", { failure: "braze-wrong-key", message: "m", advice: "a", since: noon });
  await stores.ingestionDelays.save(SERIES, { usual: HOUR, spread: HOUR });
  await stores.notificationLog.save("m1", { state: "sent", channel: "C0ALERTS1", ts: "1.1" });
  await stores.healthIssues.update("late.ios", () => ({
    id: "late.ios",
    kind: "late",
    what: ["iOS"],
    detail: "d",
    advice: "a",
    since: noon,
    grace: 0,
    firstSeen: noon,
    lastSeen: noon,
  }));
}

/** Writes one of everything that people set, taught or changed, and what is counted beside. */
async function fillWhatPeopleSet(stores: Stores): Promise<void> {
  const event = { id: "sale", name: "Sale", from: noon, to: noon + HOUR, scope: {}, by: "U1", at: noon };
  await stores.apps.save({ workspace: "main", app: "ios", name: "iOS", zone: "Europe/Berlin" });
  await stores.events.save(event);
  await stores.exclusions.save({
    id: "x",
    seriesId: SERIES,
    from: noon,
    to: noon + HOUR,
    because: "hand",
    by: "U1",
    at: noon,
  });
  const counted = [{ alertGroupId: "a", watches: ["ios-us"], at: noon }];
  await stores.limitUsages.save({ id: "C0ALERTS1", counted, version: 0 });
  await stores.overflows.save({ id: OVERFLOW, channel: "C0ALERTS1", since: noon, entries: [], version: 0 });
  const sale = { id: "sale", name: "Sale", from: noon, to: noon + HOUR, scope: {}, by: "U1", at: noon };
  const planned = { kind: "event", id: "sale", after: sale } as const;
  const dropped = { kind: "event", id: "sale", before: sale } as const;
  await stores.changes.record([{ id: "event-1", at: noon, by: "U1", changed: planned }]);
  await stores.changes.record([{ id: "event-2", at: noon, by: "U1", changed: dropped }], {
    id: "event-1",
    undone: { by: "U1", at: noon },
  });
  const released = { id: "5.2", name: "5.2", time: noon, scope: {}, by: "U1", at: noon };
  const recorded = { kind: "product-change", id: "5.2", after: released } as const;
  await stores.changes.record([{ id: "change-1", at: noon, by: "U1", changed: recorded }]);
  await stores.permissions.set({ who: "members" });
  await stores.segmentCache.save("main", { at: noon, segments: [{ id: "us", name: "US", isTracked: true }] });
  await stores.quotas.learn("main", "default", { limit: 250_000, remaining: 200_000, resetAt: noon + HOUR });
  await stores.seen.isFirst("click-1", HOUR);
}

/** Every read there is, by what it reads, with how many entries it gives while nothing is damaged. */
const reads: Readonly<Record<string, (stores: Stores) => Promise<unknown>>> = {
  "watches.all": ({ watches }) => watches.all(),
  "watches.byId": ({ watches }) => watches.byId("ios-us"),
  "watches.forSeries": ({ watches }) => watches.forSeries(SERIES),
  "watches.seriesIds": ({ watches }) => watches.seriesIds(),
  "series.read": ({ series }) => series.read(SERIES),
  "progress.all": ({ progress }) => progress.all(),
  "progress.of": ({ progress }) => progress.of(SERIES),
  "incidents.live": ({ incidents }) => incidents.live("ios-us"),
  "incidents.since": ({ incidents }) => incidents.since("ios-us", 0),
  "journal.between": ({ journal }) => journal.between("ios-us", noon, noon),
  "audit.verdicts": ({ audit }) => audit.verdicts("ios-us", noon, noon),
  "audit.decisions": ({ audit }) => audit.decisions("ios-us", 0),
  "mutes.all": ({ mutes }) => mutes.all(),
  "alertGroups.near": ({ alertGroups }) => alertGroups.near("room", 0, noon),
  "outbox.all": ({ outbox }) => outbox.all(),
  "rechecks.due": ({ rechecks }) => rechecks.due(noon),
  "failures.all": ({ failures }) => failures.all(),
  "healthIssues.all": ({ healthIssues }) => healthIssues.all(),
  "ingestionDelays.all": ({ ingestionDelays }) => ingestionDelays.all(),
  "ingestionDelays.of": ({ ingestionDelays }) => ingestionDelays.of(SERIES),
  "notificationLog.entry": ({ notificationLog }) => notificationLog.entry("m1"),
  "apps.all": ({ apps }) => apps.all(),
  "events.all": ({ events }) => events.all(),
  "productChanges.all": ({ productChanges }) => productChanges.all(),
  "sends.between": ({ sends }) => sends.between("main", 0, noon),
  "sends.known": ({ sends }) => sends.known("main"),
  "exclusions.of": ({ exclusions }) => exclusions.of(SERIES),
  "exclusions.all": ({ exclusions }) => exclusions.all(),
  "limitUsages.of": ({ limitUsages }) => limitUsages.of("C0ALERTS1"),
  "overflows.byId": ({ overflows }) => overflows.byId(OVERFLOW),
  "changes.byId": ({ changes }) => changes.byId("event-1"),
  "changes.since": ({ changes }) => changes.since(0),
  "changes.unannounced": ({ changes }) => changes.unannounced(),
  "permissions.get": ({ permissions }) => permissions.get(),
  "segmentCache.of": ({ segmentCache }) => segmentCache.of("main"),
  "quotas.of": ({ quotas }) => quotas.of("main", "default", noon),
  "quotas.take": ({ quotas }) => quotas.take("main", "default", 0.2, noon),
  "seen.isFirst": ({ seen }) => seen.isFirst("click-1", HOUR),
};

/** Spoils one value of a key by hand: other bytes, cut short, or of another kind altogether. */
async function spoil(redis: Redis, key: string, dice: Dice): Promise<"kind" | "value" | "nothing"> {
  if (dice.chance(0.15)) {
    const kind = await redis.type(key);
    await redis.del(key);
    const others = [
      () => redis.rpush(key, hostileText(dice)),
      () => redis.sadd(key, hostileText(dice)),
      () => redis.set(key, hostileText(dice)),
      () => redis.zadd(key, 1, "a"),
      () => redis.hset(key, "a", "b"),
    ];
    await dice.pick(others)();
    return (await redis.type(key)) === kind ? "value" : "kind";
  }
  switch (await redis.type(key)) {
    case "hash": {
      const field = dice.pick(await redis.hkeys(key));
      const before = (await redis.hgetBuffer(key, field))!;
      const after = dice.chance(0.3) ? Buffer.from(hostileJson(dice)) : mutateBytes(before, dice);
      await redis.hset(key, field, after);
      return after.equals(before) ? "nothing" : "value";
    }
    case "string": {
      const before = (await redis.getBuffer(key))!;
      await redis.set(key, mutateBytes(before, dice));
      return "value";
    }
    case "zset":
      await redis.zadd(key, noon, hostileText(dice));
      return "value";
    default:
      await redis.sadd(key, hostileText(dice));
      return "value";
  }
}

/** Whether nothing came of a read that gives something while all is whole. */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  (Array.isArray(value) && value.length === 0) ||
  (value instanceof Map && value.size === 0);

/** What each key, if it is another kind of value, keeps from being read. */
const readBy: readonly (readonly [string, readonly string[]])[] = [
  [keys.watches(), ["watches.all", "watches.byId"]],
  [keys.watchers(), ["watches.seriesIds", "watches.forSeries"]],
  [keys.history(SERIES), ["series.read"]],
  [keys.series(SERIES), ["series.read"]],
  [keys.progress(), ["progress.all", "progress.of"]],
  [keys.live("ios-us"), ["incidents.live"]],
  [keys.incidents("ios-us"), ["incidents.since"]],
  [keys.journal("ios-us"), ["journal.between"]],
  [keys.auditedVerdicts("ios-us"), ["audit.verdicts"]],
  [keys.auditedDecisions("ios-us"), ["audit.decisions"]],
  [keys.mutes(), ["mutes.all"]],
  [keys.alertGroups("room"), ["alertGroups.near"]],
  [keys.outbox(), ["outbox.all"]],
  [keys.rechecks(), ["rechecks.due"]],
  [keys.failures(), ["failures.all"]],
  [keys.healthIssues(), ["healthIssues.all"]],
  [keys.ingestionDelays(), ["ingestionDelays.all", "ingestionDelays.of"]],
  [keys.message("m1"), ["notificationLog.entry"]],
  [keys.apps(), ["apps.all"]],
  [keys.events(), ["events.all"]],
  [keys.productChanges(), ["productChanges.all"]],
  [keys.sends("main"), ["sends.between"]],
  [keys.calendars(), ["sends.known"]],
  [keys.exclusions(SERIES), ["exclusions.of", "exclusions.all"]],
  [keys.excluding(), ["exclusions.all"]],
  [keys.limitUsage("C0ALERTS1"), ["limitUsages.of"]],
  [keys.overflow("C0ALERTS1", OVERFLOW), ["overflows.byId"]],
  [keys.changes(), ["changes.byId", "changes.since"]],
  [keys.changeTimes(), ["changes.since"]],
  [keys.unannounced(), ["changes.unannounced"]],
  [keys.permissions(), ["permissions.get"]],
];

export const redisContents: Way = {
  name: "redis",
  what: "contents of Redis damaged by hand, read by every store",
  share: 2_000,
  async open() {
    const server = await startRedis({ appendonly: "no" });
    const redis = new Redis(server.url);
    const reported: PermanentError[] = [];
    const stores = redisStores(redis, { report: (problem) => reported.push(problem) });
    await fill(stores);
    await fillWhatPeopleSet(stores);
    const names = (await redis.keys("*")).sort();
    const whole = new Map(
      await Promise.all(names.map(async (name) => [name, (await redis.dumpBuffer(name))!] as const)),
    );
    return {
      async strike(dice) {
        reported.length = 0;
        const key = dice.pick(names);
        const harm = await spoil(redis, key, dice);
        let [refused, empty] = [0, [] as string[]];
        for (const [name, read] of Object.entries(reads)) {
          const value = await refusedOrLater(() => read(stores).then((value) => [value] as const));
          if (!value) refused += 1;
          else if (isEmpty(value[0])) empty = [...empty, name];
        }
        for (const problem of reported) checkRefusal(problem);
        const blind = readBy.find(([name]) => name === key)?.[1] ?? [];
        const silent = empty.filter((name) => blind.includes(name));
        // A value of another kind is never nothing; one that is damaged is refused or reported.
        holds(
          harm !== "kind" || silent.length === 0,
          `${key} of another kind was taken for nothing by ${silent}`,
        );
        await redis.restore(key, 0, whole.get(key)!, "REPLACE");
        return refused + reported.length > 0;
      },
      async close() {
        redis.disconnect();
        await server.stop();
      },
    };
  },
};
