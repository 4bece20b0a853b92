import fc from "fast-check";
import { describe, expect, test } from "vitest";
import type { DetectedSend } from "../../src/detector/hours-after-sends.ts";
import { sendEffectAt } from "../../src/detector/send-effect.ts";
import { DAY, HOUR, WEEK } from "../../src/time/time.ts";
import { monday } from "./replayed.ts";

/** The hour that is looked at. */
const now = monday + 8 * WEEK + 15 * HOUR;

const send = (time: number, id = "sale"): DetectedSend => ({ id, kind: "campaign", time });

/** A hundred an hour, but so many in the hours that are named. */
const valuesWith = (more: Readonly<Record<number, number>>) => (hour: number) => more[hour] ?? 100;

/** Five sends on days and at hours of their own. */
const earlier = [1, 8, 15, 22, 29].map((days, i) => now - (days * 24 + 3 * i) * HOUR);

const effectOf = (
  factor: number,
  times: readonly number[],
  sends = [...times.map((at) => send(at)), send(now)],
) => sendEffectAt(now, sends, valuesWith(Object.fromEntries(times.map((at) => [at, 102 * factor - 2]))));

describe("what a send may do to an hour", () => {
  test("is nothing where nothing was sent within three hours before", () => {
    const quiet = [send(now - 4 * HOUR), send(now + HOUR), send(now - 9 * DAY)];
    expect(sendEffectAt(now, quiet, () => 100)).toBeUndefined();
    expect(sendEffectAt(now, [], () => 100)).toBeUndefined();
  });

  test("is anything up to fourteen times as many where no send went before", () => {
    expect(effectOf(1, [])).toEqual({ sends: 0, least: 1, most: expect.closeTo(14.48, 1) });
  });

  test.each([
    [1, 1, 6.2],
    [1, 3, 3.3],
    [1, 5, 2.6],
    [1.8, 5, 3.4],
    [6, 5, 14.7],
  ])(
    "is about %f times as many after %i sends that brought so many, and up to %f times is as expected",
    (factor, sends, most) => {
      const effect = effectOf(factor, earlier.slice(0, sends));
      expect(effect).toEqual({
        sends,
        typical: expect.closeTo(factor, 6),
        least: 1,
        most: expect.closeTo(most, 1),
      });
    },
  );

  test("is what sends of the same campaign did, once there were three of them", () => {
    const other = earlier.map((at) => at - DAY);
    const values = valuesWith(
      Object.fromEntries([...earlier.map((at) => [at, 200]), ...other.map((at) => [at, 900])]),
    );
    const all = (own: number) => [
      ...earlier.slice(0, own).map((at) => send(at)),
      ...other.map((at) => send(at, "other")),
      send(now),
    ];
    expect(sendEffectAt(now, all(3), values)).toMatchObject({ sends: 3, typical: expect.closeTo(1.98, 2) });
    expect(sendEffectAt(now, all(2), values)).toMatchObject({ sends: 7 });
  });

  test("is what campaigns did for a campaign, and what Canvases did for a Canvas", () => {
    const canvases = earlier.map((at) => ({ ...send(at), kind: "canvas" as const }));
    expect(effectOf(3, earlier, [...canvases, send(now)])).toMatchObject({ sends: 0 });
  });

  test("adds up where several were sent", () => {
    const one = effectOf(1.8, earlier)!;
    const two = effectOf(1.8, earlier, [...earlier.map((at) => send(at)), send(now), send(now)])!;
    expect(two.most - 1).toBeCloseTo(2 * (one.most - 1));
  });

  test("is known for each of the four hours by itself", () => {
    const values = valuesWith(
      Object.fromEntries(
        earlier.flatMap((at) => [
          [at, 300],
          [at + HOUR, 150],
        ]),
      ),
    );
    const sends = [...earlier.map((at) => send(at)), send(now - HOUR)];
    expect(sendEffectAt(now - HOUR, sends, values)).toMatchObject({ typical: expect.closeTo(2.96, 2) });
    expect(sendEffectAt(now, sends, values)).toMatchObject({ typical: expect.closeTo(1.49, 2) });
    expect(sendEffectAt(now + HOUR, sends, values)).toMatchObject({ typical: expect.closeTo(1, 6) });
  });

  test("is what the same hour had in those weeks where one goes out each week, and no factor of the baseline", () => {
    const weekly = [1, 2, 3, 4].map((weeks) => send(now - weeks * WEEK));
    const values = valuesWith(Object.fromEntries(weekly.map(({ time }) => [time, 300])));
    expect(sendEffectAt(now, [...weekly, send(now)], values)).toEqual({
      sends: 4,
      least: 1,
      most: 1,
      weekly: { most: expect.closeTo(600, -1) },
    });
    const fewer = sendEffectAt(now, [...weekly.slice(0, 3), send(now)], values);
    expect(fewer).toMatchObject({ sends: 3, typical: expect.closeTo(2.96, 2) });
    expect(fewer).not.toHaveProperty("weekly");
  });

  test("of a ratio goes either way in a weekly hour, too, and says nothing where it was always none", () => {
    const weekly = [0, 1, 2, 3, 4].map((weeks) => send(now - weeks * WEEK));
    const { least, most } = sendEffectAt(now, weekly, () => 0.04, "ratio")!.weekly!;
    expect(least).toBeCloseTo(0.02, 2);
    expect(most).toBeCloseTo(0.08, 2);
    expect(sendEffectAt(now, weekly, () => 0, "ratio")!.weekly).toEqual({});
  });

  test("is nothing special where sends are what is usual", () => {
    const hourly = Array.from({ length: 200 }, (_, i) => send(now - 5 * i * HOUR));
    expect(sendEffectAt(now, hourly, () => 100)).toBeUndefined();
  });

  test("of a ratio may go either way", () => {
    const halved = Object.fromEntries(earlier.map((at) => [at, 0.02]));
    const sends = [...earlier.map((at) => send(at)), send(now)];
    const effect = sendEffectAt(now, sends, (hour) => halved[hour] ?? 0.04, "ratio")!;
    expect(effect.typical).toBeCloseTo(0.5);
    expect(effect.least).toBeLessThan(0.4);
    expect(effect.most).toBeGreaterThan(1);
  });
});

test("whatever was counted and sent, it is a finite range around 1, and nothing of the hour or after it changes it", () => {
  const hours = fc.integer({ min: 0, max: 8 * 168 + 30 });
  const value = fc.oneof(fc.nat(5), fc.nat(1_000_000), fc.double({ min: -5_000, max: 5_000, noNaN: true }));
  fc.assert(
    fc.property(
      fc.array(fc.record({ at: hours, id: fc.constantFrom("a", "b", "c"), isCanvas: fc.boolean() }), {
        maxLength: 40,
      }),
      fc.array(fc.record({ at: hours, value: fc.option(value, { nil: undefined }) }), { maxLength: 80 }),
      fc.constantFrom(undefined, "money" as const, "ratio" as const),
      hours,
      value,
      (sent, changes, kind, at, later) => {
        const sends = sent.map(
          ({ at, id, isCanvas }): DetectedSend => ({
            id,
            kind: isCanvas ? "canvas" : "campaign",
            time: monday + at * HOUR + 20 * 60_000,
          }),
        );
        const values = new Map(changes.map((change) => [monday + change.at * HOUR, change.value]));
        const valueAt = (hour: number) => (values.has(hour) ? values.get(hour) : 40 + ((hour / HOUR) % 24));
        const hour = monday + at * HOUR;
        const effect = sendEffectAt(hour, sends, valueAt, kind);
        if (effect) {
          expect(effect.least).toBeGreaterThanOrEqual(0);
          expect(effect.least).toBeLessThanOrEqual(1);
          expect(effect.most).toBeGreaterThanOrEqual(1);
          expect(effect.most).toBeLessThan(Number.POSITIVE_INFINITY);
          for (const value of Object.values(effect.weekly ?? {})) expect(value).toSatisfy(Number.isFinite);
        }
        const changed = (other: number) => (other >= hour ? later : valueAt(other));
        expect(sendEffectAt(hour, sends, changed, kind)).toEqual(effect);
      },
    ),
    { numRuns: 400 },
  );
});
