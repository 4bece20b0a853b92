import { afterAll, beforeAll, expect, test } from "vitest";
import { LATE_FOR } from "../../../simulator/braze/series.ts";
import { combinations, type Switches, switchValues } from "../../../simulator/braze/switches.ts";
import type { Point } from "../../../src/series/series.ts";
import { bucketName, bucketsBetween, HOUR, MINUTE } from "../../../src/time/time.ts";
import { ios, openWorld } from "./world.ts";

const ZONE = "America/New_York";

// Each span holds a change of clocks, and its end is the newest hour that is over.
const seasons = [
  ["when an hour is doubled", Date.UTC(2026, 10, 3, 12) + 20 * MINUTE],
  ["when an hour is missing", Date.UTC(2026, 2, 10, 12) + 20 * MINUTE],
] as const;
const SPAN = 110;
const HISTORY = 100;

let world: Awaited<ReturnType<typeof openWorld>>;
beforeAll(async () => {
  world = await openWorld(seasons[0][1], { zone: ZONE, historyHours: HISTORY, requestsPerHour: 1e9 });
});
afterAll(() => world.close());

// A missing hour can only trouble times without a zone; the doubled one is read in every form.
const tables = seasons.flatMap(([season, now], place) =>
  switchValues.timeForm
    .filter((timeForm) => place === 0 || timeForm.startsWith("naive"))
    .flatMap((timeForm) =>
      switchValues.bucketZone.map((bucketZone) => ({ season, now, timeForm, bucketZone })),
    ),
);

test.each(tables)(
  "the same hours are read however Braze answers: $timeForm, $bucketZone, $season",
  async ({ now, timeForm, bucketZone }) => {
    world.setTime(now);
    const naiveZone = bucketZone === "company" ? ZONE : "UTC";
    const sources = {
      zero: world.client({ naiveZone }),
      "left-out": world.client({ naiveZone, emptyHours: "zero" }),
    };
    for (const switches of combinations({ timeForm, bucketZone })) {
      world.control.turn(switches);
      const to = now - 20 * MINUTE - HOUR;
      const from = to - (SPAN - 1) * HOUR;
      const points = await sources[switches.emptyHours].points(ios, from, to);
      expect(lastNotified(points, now), JSON.stringify(switches)).toEqual(truth(switches, from, to, now));
    }
  },
);

test("the tests cover every combination of how Braze may answer", () => {
  expect(combinations()).toHaveLength(7 * 2 * 3 * 2 * 2 * 2 * 2 * 2 * 2);
  expect(new Set(combinations().map((switches) => JSON.stringify(switches))).size).toBe(2_688);
});

/** Hours that may still rise are only known to be there. */
const lastNotified = (points: readonly Point[], now: number) =>
  points.map(({ bucket, value }) => line(bucket, isFinal(bucket, now) ? value : undefined));

function truth({ history }: Switches, from: number, to: number, now: number): string[] {
  return bucketsBetween(from, to, "hour")
    .filter((hour) => history === "endless" || hour >= now - HISTORY * HOUR)
    .map((hour) => line(hour, isFinal(hour, now) ? world.control.sessions(ios, hour) : undefined));
}

const isFinal = (hour: number, now: number) => now - hour - HOUR >= LATE_FOR;

const line = (hour: number, sessions: number | undefined) => `${bucketName(hour, "hour")} ${sessions ?? "?"}`;
