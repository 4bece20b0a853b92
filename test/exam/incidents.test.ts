import { expect, test } from "vitest";
import { generated } from "../../simulator/braze/counts.ts";
import { bucketsBetween, DAY, HOUR, hourName, WEEK } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { isRoot, livedThrough } from "./incidents.ts";
import { evidenceOf } from "./series.ts";

const usual = generated({ seed: 4, level: 2_000, zone: "UTC" });
const evaluatedFrom = noon - WEEK;

/** Five weeks, in the last of which nobody came in these hours (after the first noon of it). */
const evidenceWith = (outages: readonly (readonly [from: number, hours: number])[]) => {
  const buckets = bucketsBetween(noon - 5 * WEEK, noon, "hour");
  const isOut = (bucket: number) =>
    outages.some(
      ([from, hours]) =>
        bucket >= evaluatedFrom + from * HOUR && bucket < evaluatedFrom + (from + hours) * HOUR,
    );
  return evidenceOf({
    series: "s",
    tz: "UTC",
    start: buckets.findIndex((bucket) => bucket >= evaluatedFrom),
    points: buckets.map((bucket) => ({
      time: new Date(bucket).toISOString(),
      sessions: isOut(bucket) ? 0 : usual(bucket),
    })),
  });
};
const wordsOf = (
  outages: Parameters<typeof evidenceWith>[0],
  alertLimits?: Parameters<typeof livedThrough>[2],
) =>
  livedThrough("s", evidenceWith(outages), alertLimits).posts.map(
    ({ bucket, what }) => `${hourName(bucket)} ${what}`,
  );

test("an outage is one message, and its thread says when it is resolved", () => {
  expect(wordsOf([[24, 3]])).toEqual(["2026-06-10T12 opened", "2026-06-10T16 resolved"]);
});

test("a reopened incident uses the same message", () => {
  const { posts } = livedThrough(
    "s",
    evidenceWith([
      [24, 2],
      [29, 2],
    ]),
  );
  expect(posts.map(({ what }) => what)).toEqual(["opened", "resolved", "reopened", "resolved"]);
  expect(posts.filter(isRoot)).toHaveLength(1);
});

test("alerts beyond the alert limit are posted once in an overflow summary", () => {
  const alertLimits = { watch: [], channel: [{ messages: 1, within: DAY }] };
  expect(
    wordsOf(
      [
        [24, 2],
        [36, 2],
        [60, 2],
      ],
      alertLimits,
    ).filter((word) => !word.endsWith("resolved")),
  ).toEqual(["2026-06-10T12 opened", "2026-06-11T00 digest", "2026-06-12T00 opened"]);
});
