import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keysOf } from "../../src/adapters/redis/keys.ts";
import { capacityOf } from "../../src/adapters/redis/series/series-ring.ts";
import { removeWatch } from "../../src/pipeline/actions/watch.ts";
import { undo } from "../../src/pipeline/changes/change.ts";
import { DAY, HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { pausing } from "../support/pausing.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

const ID = "main.ios.all.hour";
const keys = keysOf("tidewatch");
const at = (hours: number) => noon + hours * HOUR;
const whole = capacityOf("hour");

let stage: Stage;
beforeEach(async () => {
  stage = await setStage(noon);
  for (const watch of watches) await stage.bot.watches.save(watch);
});
afterEach(() => stage.close());

const stored = async () => (await stage.bot.series.read(ID))?.history.values ?? [];
const known = async () => (await stored()).filter((count) => count !== undefined).length;
const verdicts = async (from: number, to: number) =>
  (await stage.bot.journal.between("ios", at(from), at(to))).map(({ verdict }) => verdict);

/** How many requests an hour costs once all that was lost is there. */
async function requestsOfAnHour(hours: number): Promise<number> {
  const before = stage.braze.control.requests();
  await stage.liveThrough(at(hours));
  return stage.braze.control.requests() - before;
}

const losses: Record<string, () => Promise<unknown>> = {
  "a whole history": () => stage.bot.series.remove(ID),
  "the counts, while what they are stays": () => stage.connection.del(keys.history(ID)),
  "what the counts are, while they stay": () => stage.connection.del(keys.series(ID)),
  "the second half of the counts": () => stage.connection.set(keys.history(ID), Buffer.alloc(whole * 2)),
  "all but the newest two days": async () => {
    const { history, collectedThrough } = (await stage.bot.series.read(ID))!;
    const newest = history.values.slice(-48).map((sessions, i) => ({
      bucket: collectedThrough - (47 - i) * HOUR,
      value: sessions!,
    }));
    await stage.bot.series.remove(ID);
    await stage.bot.series.write(ID, newest, newest[0]!.bucket, collectedThrough);
  },
  "the newest day, as a replica has it that was behind": async () => {
    const { history, collectedThrough } = (await stage.bot.series.read(ID))!;
    const older = history.values.slice(0, -24).map((sessions, i) => ({
      bucket: history.first + i * HOUR,
      value: sessions!,
    }));
    await stage.bot.series.remove(ID);
    await stage.bot.series.write(ID, older, history.first, collectedThrough - DAY);
  },
  "a day in the middle": () => stage.bot.series.write(ID, [], at(-300), at(-277)),
  "yesterday morning": () => stage.bot.series.write(ID, [], at(-30), at(-25)),
  "its progress": () => stage.bot.progress.remove(ID),
  "its progress and half of its history": async () => {
    await stage.bot.progress.remove(ID);
    await stage.bot.series.write(ID, [], at(-700), at(-100));
  },
  "a progress that can be read": () => stage.connection.hset(keys.progress(), ID, "{"),
  "what the detector learned": () => stage.connection.hdel(keys.series(ID), "state", "settled"),
  "the usual delay": () => stage.bot.ingestionDelays.remove(ID),
  "everything but the watches": async () => {
    await stage.bot.progress.remove(ID);
    await stage.bot.ingestionDelays.remove(ID);
    await stage.bot.series.remove(ID);
  },
};

describe("Redis loses", () => {
  test.each(Object.keys(losses))(
    "%s, and it is read again from Braze without a missing hour",
    async (what) => {
      await stage.startWorkers();
      await stage.liveThrough(noon);
      const before = await stored();
      await losses[what]!();
      await stage.liveThrough(at(9));
      expect(await known()).toBe(whole);
      expect((await stored()).slice(0, -9)).toEqual(before.slice(9));
      expect(await verdicts(1, 9)).toEqual(Array(9).fill("normal"));
      expect(stage.slack.messages("C0ALERTS1")).toEqual([]);
      expect(await requestsOfAnHour(10)).toBe(watches.length);
    },
  );
});

test("hours missed during downtime are evaluated even when the progress of their series is lost too", async () => {
  const workers = await stage.startWorkers();
  await stage.liveThrough(noon);
  await workers.stop();
  await stage.bot.progress.remove(ID);
  stage.passTo(at(5));
  await stage.startWorkers();
  await until(async () => (await verdicts(5, 5)).length > 0, "the newest hour to be evaluated");
  expect(await verdicts(1, 5)).toEqual(Array(5).fill("normal"));
});

test.each<[string, () => Promise<unknown>]>([
  ["a whole history", () => stage.bot.series.remove(ID)],
  ["the counts, while what they are stays,", () => stage.connection.del(keys.history(ID))],
  ["what the counts are, while they stay,", () => stage.connection.del(keys.series(ID))],
])("when Redis loses %s between fetch and evaluation, it is fetched again at once", async (_, lose) => {
  await stage.startWorkers();
  await stage.liveThrough(noon);
  const { series } = stage.bot;
  const read = series.read.bind(series);
  let isLost = false;
  // The evaluation finds nothing of what was just collected.
  (series as { saveState: unknown }).saveState = async () => {};
  (series as { read: typeof read }).read = async (id) => {
    const isCollected = (await stage.bot.progress.of(ID))?.collectedThrough === at(1);
    if (id === ID && isCollected && !isLost) {
      isLost = true;
      await lose();
    }
    return read(id);
  };
  await stage.liveThrough(at(1));
  expect(isLost).toBe(true);
  expect(await verdicts(1, 1)).toEqual(["normal"]);
  expect(await known()).toBe(whole);
});

test("an alert is posted although the history of its series is damaged in Redis", async () => {
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(1), hours: 2 });
  const { outbox } = stage.bot;
  const add = outbox.add.bind(outbox);
  let isLost = false;
  (outbox as { add: typeof add }).add = async (...entry) => {
    await stage.connection.del(keys.history(ID));
    isLost = true;
    return add(...entry);
  };
  await stage.startWorkers();
  await stage.liveThrough(at(1));
  expect(isLost).toBe(true);
  expect(stage.slack.messages("C0ALERTS1")).toHaveLength(1);
});

test("a watch that is removed and restored while its hour is being read keeps its 8 weeks", async () => {
  const { source } = stage.bot;
  await stage.startWorkers();
  await stage.liveThrough(noon);
  const points = source.points.bind(source);
  const { port: slow, reached, letThrough } = pausing(source, "points", "after");
  (source as { points: typeof points }).points = (series, ...rest) =>
    series.app === "ios" ? slow.points(series, ...rest) : points(series, ...rest);
  stage.passTo(at(1));
  await reached;
  const { change: removal } = await removeWatch("ios", "ada", stage.bot);
  await undo(removal!.id, "ada", stage.bot);
  letThrough();
  await stage.liveThrough(at(3));
  expect(await known()).toBe(whole);
  expect(await verdicts(1, 3)).toEqual(Array(3).fill("normal"));
});

test("a first reading that Braze interrupts continues where it stopped", async () => {
  const { source } = stage.bot;
  const points = source.points.bind(source);
  let pages = 0;
  (source as { points: typeof points }).points = async (series, ...rest) => {
    if (series.app === "ios" && ++pages === 6) throw new Error("cut short");
    return points(series, ...rest);
  };
  await stage.startWorkers();
  await stage.liveThrough(noon);
  await until(async () => (await known()) === whole, "all 8 weeks to be there");
  expect(pages).toBeLessThanOrEqual(whole / 96 + 2);
});

test("hours that Braze does not have are requested once more and not forever", async () => {
  const { source } = stage.bot;
  const points = source.points.bind(source);
  let requests = 0;
  (source as { points: typeof points }).points = async (series, ...rest) => {
    if (series.app === "ios") requests++;
    const read = await points(series, ...rest);
    return series.app === "ios" ? read.filter(({ bucket }) => bucket < at(-400) || bucket > at(-390)) : read;
  };
  await stage.startWorkers();
  await stage.liveThrough(noon);
  const backfill = requests;
  await stage.liveThrough(at(6));
  expect(requests - backfill).toBe(6 + 1);
});
