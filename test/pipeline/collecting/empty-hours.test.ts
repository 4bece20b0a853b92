import { beforeEach, describe, expect, test } from "vitest";
import { emptyAmong } from "../../../src/pipeline/collecting/empty-hours.ts";
import { neighboursOf } from "../../../src/pipeline/collecting/neighbours.ts";
import { seriesId, seriesRef } from "../../../src/series/series.ts";
import { bucketsBetween, DAY, HOUR, type Instant, MINUTE } from "../../../src/time/time.ts";
import { anAppWatch, noon } from "../../support/builders.ts";
import { aContext } from "../../support/context.ts";

const IOS = "main.ios.all.hour";
const at = (hours: number) => noon + hours * HOUR;

let stores: ReturnType<typeof aContext>;
let now: Instant;
beforeEach(() => {
  stores = aContext();
  now = at(2);
});

/** A watched series whose counts, up to and with noon, end with these. */
async function stored(id: string, ...last: (number | undefined)[]) {
  const series = seriesRef(id);
  await stores.watches.save(anAppWatch({ id: id.replaceAll(".", "-"), series }));
  const counts = [...Array<number>(72 - last.length).fill(90), ...last];
  const points = counts.flatMap((value, i) => (value === undefined ? [] : [{ bucket: at(i - 71), value }]));
  await stores.series.write(id, points, at(-71), noon);
  await stores.progress.save(id, { collectedThrough: noon });
}

/** Which of the hours from so many before noon up to noon are empty, in hours from noon. */
async function empty(id = IOS, from = 0) {
  const timing = {
    evaluationDelay: 15 * MINUTE,
    spread: 0,
    trailing: 6 * HOUR,
    missingDataTimeout: 2 * HOUR,
  };
  const clock = () => now;
  const context = { ...stores, neighbours: neighboursOf(stores.watches, clock), timing, clock };
  const found = await emptyAmong(seriesRef(id), bucketsBetween(at(from), noon, "hour"), context);
  return [...found].map((hour) => (hour - noon) / HOUR).sort((a, b) => a - b);
}

const learned = (usual = 15 * MINUTE, spread = 0) => stores.ingestionDelays.save(IOS, { usual, spread });

describe("an hour that Braze omits from a sound response", () => {
  test.each([
    ["is empty, when another app has it", ["main.web.all.hour"], [0]],
    ["is empty, when all apps together have it", ["main.all.all.hour"], [0]],
    ["is empty, when a segment of another app has it", ["main.web.us.hour"], [0]],
    ["is unknown, when nobody else is watched", [], []],
    ["is unknown, when only another workspace has it", ["shop.web.all.hour"], []],
    ["is unknown, when only its days are watched", ["main.web.all.day"], []],
    [
      "is unknown, when a segment of it has sessions: the whole is late",
      ["main.web.all.hour", "main.ios.us.hour"],
      [],
    ],
  ])("%s", async (_, others, hours) => {
    await learned();
    await stored(IOS, undefined);
    for (const id of others.filter((id) => id.endsWith("hour"))) await stored(id);
    for (const id of others.filter((id) => id.endsWith("day")))
      await stores.watches.save(anAppWatch({ id: "day", series: seriesRef(id) }));
    expect(await empty()).toEqual(hours);
  });

  test.each([
    ["is unknown, before it is later than usual", 15 * MINUTE, 0, 1 * HOUR + 44 * MINUTE, []],
    ["is empty from then on", 15 * MINUTE, 0, 1 * HOUR + 45 * MINUTE, [0]],
    ["is waited for longer, where Braze usually takes longer", 40 * MINUTE, 0, 2 * HOUR, []],
    ["is waited for longer, where that spreads", 15 * MINUTE, 12 * MINUTE, 2 * HOUR, []],
  ])("%s", async (_, usual, spread, after, hours) => {
    await learned(usual, spread);
    await stored(IOS, undefined);
    await stored("main.web.all.hour");
    now = noon + after;
    expect(await empty()).toEqual(hours);
  });

  test("is unknown while the usual delay of the series is not learned", async () => {
    await stored(IOS, undefined);
    await stored("main.web.all.hour");
    expect(await empty()).toEqual([]);
  });

  test.each([
    ["that was found empty itself", 0],
    ["that is missing there too, since Braze is late", undefined],
  ])("does not become zero through an hour of another series %s", async (_, count) => {
    await learned();
    await stored(IOS, undefined);
    await stored("main.web.all.hour", count);
    expect(await empty()).toEqual([]);
  });

  test("is empty hour by hour in a long outage, each with its own evidence", async () => {
    await learned();
    await stored(IOS, ...Array<number>(30).fill(0), undefined, undefined, undefined);
    await stored("main.web.all.hour", 80, undefined, 70);
    expect(await empty(IOS, -2)).toEqual([-2, 0]);
  });

  test("is unknown where the response also omits an hour that had sessions, so that it is not sound", async () => {
    await learned();
    await stored(IOS, 90, 0, undefined);
    await stored("main.web.all.hour");
    expect(await empty(IOS, -1)).toEqual([-1, 0]);
    expect(await empty(IOS, -2)).toEqual([]);
  });

  test("is unknown for a sum when one of its parts has it, whatever later hour another series has", async () => {
    await learned();
    await stored(IOS, undefined, undefined);
    await stored("main.all.all.hour", undefined, 70);
    await stored("main.web.all.hour", 80, undefined);
    await stored("main.ios.us.hour", undefined);
    await stores.progress.save("main.ios.us.hour", { collectedThrough: at(-1) });
    expect(await empty(IOS, -1)).toEqual([0]);
  });

  test("is unknown after two days without a session, because Braze may have dropped the series", async () => {
    await learned();
    await stored(IOS, ...Array<number>(DAY / HOUR).fill(0), ...Array<number>(DAY / HOUR).fill(0), undefined);
    await stored("main.web.all.hour");
    expect(await empty()).toEqual([]);
  });

  test("is unknown for the sum of all apps when any app has it, because the sum is then late", async () => {
    const all = seriesId({ workspace: "main", unit: "hour" });
    await stores.ingestionDelays.save(all, { usual: 15 * MINUTE, spread: 0 });
    await stored(all, undefined);
    await stored("main.web.all.hour");
    expect(await empty(all)).toEqual([]);
  });
});
