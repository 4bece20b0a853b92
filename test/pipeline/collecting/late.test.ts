import { beforeEach, describe, expect, test } from "vitest";
import { generated } from "../../../simulator/braze/counts.ts";
import { collect } from "../../../src/pipeline/collect.ts";
import { evaluate } from "../../../src/pipeline/evaluate.ts";
import { defaultTiming } from "../../../src/series/due.ts";
import { seriesId } from "../../../src/series/series.ts";
import { bucketsBetween, HOUR, type Hour } from "../../../src/time/time.ts";
import { anIncident, noon } from "../../support/builders.ts";
import { aStage } from "../stage.ts";

const at = (hours: number) => noon + hours * HOUR;
const usual = generated({ seed: 7, level: 4_000, zone: "UTC" });

let stage: ReturnType<typeof aStage>;
let id: string;
/** Hours that Braze does not have, and hours in which nobody came. */
let missing: Set<Hour>;
let empty: Set<Hour>;
let asked: number[];
beforeEach(async () => {
  stage = aStage();
  await stage.watches.save({ ...stage.watch, createdAt: noon });
  id = seriesId(stage.watch.series);
  [missing, empty, asked] = [new Set(), new Set(), []];
  await live(0);
});

const source = {
  async points(_: unknown, from: Hour, to: Hour) {
    asked.push((to - from) / HOUR + 1);
    return bucketsBetween(from, to, "hour")
      .filter((bucket) => !missing.has(bucket))
      .map((bucket) => ({ bucket, value: empty.has(bucket) ? 0 : usual(bucket) }));
  },
};

/** A quarter past the end of an hour: it is read and evaluated, and its notifications are posted. */
async function live(hours: number) {
  stage.passTo(hours + 1);
  const context = { ...stage, source, timing: { ...defaultTiming, spread: 0 } };
  await collect(id, context);
  await evaluate(id, context);
  return stage.newPosts();
}

const verdicts = async (from: number, to: number) =>
  (await stage.journal.between("ios", at(from), at(to))).map(({ verdict }) => verdict);

describe("hours that arrive after Tidewatch gave up on them", () => {
  test("are evaluated in order when they arrive", async () => {
    for (const hours of [1, 2, 3, 4, 5, 6]) missing.add(at(hours));
    for (const hours of [1, 2, 3, 4, 5, 6]) await live(hours);
    expect(await verdicts(1, 4)).toEqual([
      "not-evaluated",
      "not-evaluated",
      "not-evaluated",
      "not-evaluated",
    ]);
    missing.clear();
    expect(await live(7)).toEqual([]);
    expect(await verdicts(1, 7)).toEqual(Array(7).fill("normal"));
    expect((await stage.progress.of(id))?.awaited).toBeUndefined();
  });

  test("are posted as missed when they contain a resolved incident", async () => {
    for (const hours of [1, 2, 3, 4, 5, 6, 7, 8]) missing.add(at(hours));
    for (const hours of [1, 2]) empty.add(at(hours));
    for (const hours of [1, 2, 3, 4, 5, 6, 7, 8]) await live(hours);
    missing.clear();
    const posted = await live(9);
    expect(posted.map(({ how, text }) => [how, text.slice(0, 34)])).toEqual([
      ["root", "✅ Already resolved: iOS – down for"],
    ]);
    expect((await stage.incidents.since("ios", noon)).map(({ openedAt }) => openedAt)).toEqual([at(1)]);
    expect(await live(10)).toEqual([]);
  });

  test("are posted as open when their incident continues", async () => {
    for (const hours of [1, 2, 3, 4, 5, 6, 7, 8]) {
      missing.add(at(hours));
      empty.add(at(hours));
    }
    for (const hours of [1, 2, 3, 4, 5, 6, 7, 8]) await live(hours);
    missing.clear();
    empty.add(at(9));
    const [root, ...more] = await live(9);
    expect(more).toEqual([]);
    expect(root?.text).toMatch(/^🔴 Critical: iOS down 100% – 0 vs .*, since 1 PM/);
  });

  test("move back the beginning of an incident that later hours opened", async () => {
    missing.add(at(1));
    for (const hours of [1, 2, 3]) {
      empty.add(at(hours));
      await live(hours);
    }
    missing.clear();
    for (const hours of [4, 5, 6]) await live(hours);
    const all = await stage.incidents.since("ios", noon);
    expect(all.map(({ openedAt, resolvedAt }) => [openedAt, resolvedAt !== undefined])).toEqual([
      [at(1), true],
    ]);
    expect(await verdicts(1, 1)).toEqual(["anomalous"]);
  });

  test("that fill a gap are evaluated together with all later hours", async () => {
    missing.add(at(1));
    empty.add(at(1));
    for (const hours of [1, 2, 3, 4]) expect(await live(hours)).toEqual([]);
    missing.clear();
    const posted = await live(5);
    expect(posted.map(({ text }) => text.slice(0, 31))).toEqual(["✅ Already resolved: iOS – down "]);
    expect((await stage.audit.verdicts("ios", at(1), at(1))).map(({ kind }) => kind)).toEqual(["anomalous"]);
  });

  test("are requested for two days in the same request, and then abandoned", async () => {
    missing.add(at(1));
    for (let hours = 1; hours <= 50; hours++) await live(hours);
    expect(asked.slice(14).every((hours) => hours <= 49)).toBe(true);
    expect(asked.slice(14)).toHaveLength(50);
    expect((await stage.progress.of(id))?.awaited).toBeUndefined();
    missing.clear();
    await live(51);
    expect(await verdicts(1, 1)).toEqual(["not-evaluated"]);
  });

  test("give the same result however often the evaluation is repeated", async () => {
    for (const hours of [1, 2, 3]) missing.add(at(hours));
    for (const hours of [1, 2, 3, 4]) await live(hours);
    missing.clear();
    const progress = { ...stage.progress, save: async () => {} };
    const context = { ...stage, source, timing: { ...defaultTiming, spread: 0 } };
    stage.passTo(6);
    await collect(id, context);
    await evaluate(id, { ...context, progress });
    const once = await verdicts(1, 5);
    await evaluate(id, { ...context, progress });
    expect(await verdicts(1, 5)).toEqual(once);
    expect(once).toEqual(Array(5).fill("normal"));
  });
});

test("do not inherit an incident of an earlier watch of the same name", async () => {
  const over = { resolvedAt: at(-1), lastBucket: at(-1) };
  const openedAt = at(-6);
  await stage.incidents.save(
    anIncident({
      id: "ios.drop@2026-06-16T06",
      watchId: "ios",
      openedAt,
      lastAnomalousBucket: at(-3),
      ...over,
    }),
  );
  empty.add(at(1));
  await live(1);
  const all = await stage.incidents.since("ios", openedAt);
  expect(all.map((one) => [one.openedAt, one.resolvedAt])).toEqual([
    [openedAt, at(-1)],
    [at(1), undefined],
  ]);
});

describe("hours that were read once", () => {
  const kept = async (from: number, to: number) => {
    const { first, values } = (await stage.series.read(id))!.history;
    return values.slice((at(from) - first) / HOUR, (at(to) - first) / HOUR + 1);
  };

  test("stay known while later responses omit them, for however long", async () => {
    for (const hours of [1, 2, 3]) await live(hours);
    const before = await kept(-4, 3);
    for (let hours = -20; hours <= 14; hours++) missing.add(at(hours));
    for (let hours = 4; hours <= 14; hours++) await live(hours);
    expect(await kept(-4, 4)).toEqual([...before, undefined]);
  });

  test("are replaced by the counts of a later response", async () => {
    await live(1);
    empty.add(at(1));
    await live(2);
    expect(await kept(1, 1)).toEqual([0]);
  });
});
