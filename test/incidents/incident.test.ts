import { describe, expect, test } from "vitest";
import type { Verdict } from "../../src/detector/verdict/verdict.ts";
import { beganAt, hoursOf, type Incident, isEasing, isNewNormal } from "../../src/incidents/incident.ts";
import { follow } from "../../src/incidents/life-cycle.ts";
import { HOUR } from "../../src/time/time.ts";
import { anomalous, aWatch, noon, normal, notEvaluated } from "../support/builders.ts";

const watch = aWatch();
const at = (hours: number) => noon + hours * HOUR;
const story = (...verdicts: Verdict[]): Incident | undefined =>
  verdicts.reduce<Incident | undefined>(
    (before, verdict) => follow(before, verdict, "drop", watch),
    undefined,
  );

describe("an incident", () => {
  test("is absent while all is normal", () => {
    expect(story(normal(at(0)), normal(at(1)))).toBeUndefined();
  });

  test("opens with the first anomalous hour and is named after it", () => {
    expect(story(normal(at(0)), anomalous(at(1)))).toMatchObject({
      id: "ios-us.drop@2026-06-16T13",
      openedAt: at(1),
      severity: "warning",
      balance: -630,
    });
  });

  test("adds up the lost sessions and keeps its worst hour", () => {
    const worst = { observed: 0, anomalyScore: -12 };
    expect(story(anomalous(at(0)), anomalous(at(1), "critical", worst), anomalous(at(2)))).toMatchObject({
      balance: -630 - 1_240 - 630,
      worst: { observed: 0 },
      lastAnomalousBucket: at(2),
    });
  });

  test("keeps its worst severity", () => {
    expect(story(anomalous(at(0), "critical"), anomalous(at(1)))?.severity).toBe("critical");
  });

  test("stays open after one normal hour", () => {
    expect(story(anomalous(at(0)), normal(at(1)))?.resolvedAt).toBeUndefined();
  });

  test("resolves after two normal hours", () => {
    expect(story(anomalous(at(0)), normal(at(1)), normal(at(2)))?.resolvedAt).toBe(at(2));
  });

  describe("that several hours show together", () => {
    const together = (hours: number) =>
      ({
        ...anomalous(at(hours), "warning", { observed: 900, expected: 1_240, window: 3 }),
        began: { at: at(hours - 2), observed: 2_800, expected: 3_700 },
      }) as Verdict;

    test("counts from the first of them", () => {
      const incident = story(normal(at(0)), together(2))!;
      expect(incident).toMatchObject({ openedAt: at(2), began: at(0), balance: -900, expected: 3_700 });
      expect(incident.id).toBe("ios-us.drop@2026-06-16T14");
      expect([beganAt(incident), hoursOf(incident)]).toEqual([at(0), 3]);
    });

    test("counts further hours once", () => {
      expect(story(together(2), together(3))).toMatchObject({ began: at(0), balance: -900 - 340 });
    });

    test("counts no hour of the incident before", () => {
      const again = story(anomalous(at(0)), normal(at(1)), normal(at(2)), together(10));
      expect(again).toMatchObject({ openedAt: at(10), began: at(8) });
      const before = { ...story(anomalous(at(0)), normal(at(1)), normal(at(2)))!, lastBucket: at(9) };
      const close = follow(before, together(10), "drop", watch)!;
      expect(close).toMatchObject({ openedAt: at(10), balance: -340 });
      expect(close).not.toHaveProperty("began");
    });
  });

  test("stays open until an hour is inside the range, however normal the verdicts", () => {
    const outside = { hasRecovered: false, observed: 1_000 };
    const three = [normal(at(1), outside), normal(at(2), outside), normal(at(3), outside)];
    expect(story(anomalous(at(0)), ...three)?.resolvedAt).toBeUndefined();
  });

  test("resolves when its hours are back, although a longer window still contains the drop", () => {
    const echo = (hours: number) =>
      anomalous(at(hours), "warning", { observed: 1_230, window: 12, hasRecovered: true });
    expect(story(anomalous(at(0)), echo(1), echo(2))?.resolvedAt).toBe(at(2));
  });

  test("counts an hour inside the displayed range as recovered, even away from its middle", () => {
    const low = (hours: number) =>
      anomalous(at(hours), "warning", { observed: 1_110, low: 1_105, window: 12, hasRecovered: false });
    const outage = anomalous(at(0), "critical", { observed: 0 });
    expect(story(outage, low(1), normal(at(2)))?.resolvedAt).toBe(at(2));
    expect(story(outage, normal(at(1)), normal(at(2)), low(3))?.resolvedAt).toBe(at(2));
  });

  test("is not reopened by a window that still contains it", () => {
    const echo = (hours: number) =>
      anomalous(at(hours), "warning", { observed: 1_230, window: 12, hasRecovered: true });
    expect(story(anomalous(at(0)), echo(1), echo(2), echo(3), echo(9))?.resolvedAt).toBe(at(2));
  });

  test("stays open through hours that are each inside the range but lose as much as those before", () => {
    const shallow = (hours: number) =>
      anomalous(at(hours), "warning", {
        observed: 900,
        expected: 1_240,
        window: 12,
        hasRecovered: true,
        anomalyScore: -4,
      });
    expect(story(shallow(0), shallow(1), shallow(2), shallow(3))).toMatchObject({
      lastAnomalousBucket: at(3),
    });
  });

  describe("in a night in which its level would be as expected", () => {
    const quiet = (hours: number, observed: number) =>
      normal(at(hours), { observed, expected: 4, low: 0, high: 11, hasRecovered: true });
    const night = [1, 2, 3, 4, 5, 6].map((hours) => quiet(hours, 3));

    test("does not resolve, and is not said to be easing", () => {
      const open = story(anomalous(at(0)), ...night)!;
      expect(open).toMatchObject({ lastAnomalousBucket: at(0), lastBucket: at(6), balance: -630 });
      expect(open).not.toHaveProperty("resolvedAt");
      expect(isEasing(open)).toBe(false);
      expect(isEasing(story(anomalous(at(0)), normal(at(1)))!)).toBe(true);
    });

    test("goes on with the next anomalous hour, which adds the hours between", () => {
      expect(story(anomalous(at(0)), ...night, anomalous(at(7)))).toMatchObject({
        balance: -630 - 6 - 630,
        expected: 1_240 + 24 + 1_240,
      });
    });

    test("resolves after two hours of the next day, which do not count as lost", () => {
      const over = story(anomalous(at(0)), ...night, normal(at(7)), normal(at(8)))!;
      expect(over).toMatchObject({ resolvedAt: at(8), lastAnomalousBucket: at(0), balance: -630 });
    });

    test("resolves after many such hours that are all as expected", () => {
      const nights = Array.from({ length: 48 }, (_, i) => quiet(i + 1, 4));
      expect(story(anomalous(at(0)), ...nights)).toHaveProperty("resolvedAt");
    });

    test("stays open through many such hours that all lose as much as it did", () => {
      const nights = Array.from({ length: 48 }, (_, i) => quiet(i + 1, 2));
      expect(story(anomalous(at(0)), ...nights)).not.toHaveProperty("resolvedAt");
    });
  });

  test("that counted nothing does not resolve where nothing counted would be as expected", () => {
    const outage = anomalous(at(0), "critical", { observed: 0 });
    const empty = (hours: number) =>
      normal(at(hours), { observed: 0, expected: 1, low: 0, high: 5, hasRecovered: true });
    expect(story(outage, empty(1), empty(2), empty(3), empty(4))).not.toHaveProperty("resolvedAt");
  });

  test("of three days ends as the new normal where the way back is less than three quarters", () => {
    const day = Array.from({ length: 80 }, (_, i) => anomalous(at(i)));
    const halfWay = [80, 81, 82, 83, 84].map((hours) => normal(at(hours), { observed: 1_060, low: 1_000 }));
    expect(isNewNormal(story(...day, ...halfWay)!)).toBe(true);
    expect(isNewNormal(story(...day.slice(70), ...halfWay)!)).toBe(false);
    expect(isNewNormal(story(...day, normal(at(80)), normal(at(81)))!)).toBe(false);
  });

  test("is neither extended nor resolved by an hour that was not evaluated", () => {
    const before = story(anomalous(at(0)), normal(at(1)));
    expect(follow(before, notEvaluated(at(2)), "drop", watch)).toBe(before);
  });

  test("ignores an hour that it has already counted, so that evaluating twice changes nothing", () => {
    const before = story(anomalous(at(0)), anomalous(at(1)));
    expect(follow(before, anomalous(at(1), "critical"), "drop", watch)).toBe(before);
    expect(follow(before, anomalous(at(0), "critical"), "drop", watch)).toBe(before);
  });

  test("does not affect the other direction", () => {
    expect(story(anomalous(at(0), "warning", { anomalyScore: 8 }))).toBeUndefined();
  });

  test("counts an hour of the other direction as normal, but not as inside the range", () => {
    const rebound = anomalous(at(3), "warning", { anomalyScore: 8, hasRecovered: false });
    expect(story(anomalous(at(0)), normal(at(1)), rebound)?.resolvedAt).toBeUndefined();
  });

  test("reopens when it returns within six hours of its end", () => {
    const again = story(anomalous(at(0)), normal(at(1)), normal(at(2)), anomalous(at(8), "critical"));
    expect(again).toMatchObject({
      id: "ios-us.drop@2026-06-16T12",
      reopenedAt: at(8),
      severity: "critical",
    });
    expect(again).not.toHaveProperty("resolvedAt");
  });

  test("that reopens needs a new acknowledgement", () => {
    const first = story(anomalous(at(0)), normal(at(1)), normal(at(2)))!;
    const seen = { ...first, acknowledged: { by: "ada", at: at(1) } };
    expect(follow(seen, normal(at(3)), "drop", watch)).toHaveProperty("acknowledged");
    expect(follow(seen, anomalous(at(4)), "drop", watch)).not.toHaveProperty("acknowledged");
  });

  test("is a new incident when it returns later", () => {
    const again = story(anomalous(at(0)), normal(at(1)), normal(at(2)), anomalous(at(9)));
    expect(again).toMatchObject({ id: "ios-us.drop@2026-06-16T21", version: 0 });
  });
});

describe("a level that lasts", () => {
  const lasting = { ...anomalous(at(72), "warning"), isNewLevel: true } as Verdict;
  const off = (hours: number, observed: number) =>
    anomalous(at(hours), "warning", { observed, expected: 640, low: 560, high: 720, anomalyScore: -5 });

  test("becomes normal, which resolves the incident", () => {
    const accepted = story(anomalous(at(0)), anomalous(at(1)), lasting)!;
    expect(accepted).toMatchObject({ resolvedAt: at(72), accepted: { by: "Tidewatch", bucket: at(72) } });
    expect(isNewNormal(accepted)).toBe(true);
  });

  test("resolves it even where only the last hour was no anomaly", () => {
    const within = { ...normal(at(72), { observed: 700, hasRecovered: false }), isNewLevel: true } as Verdict;
    expect(story(anomalous(at(0)), within)).toHaveProperty("accepted");
  });

  test("in the other direction resolves nothing", () => {
    const spike = { ...anomalous(at(72), "warning", { observed: 5_000, anomalyScore: 9 }), isNewLevel: true };
    expect(story(anomalous(at(0)), spike as Verdict)).not.toHaveProperty("resolvedAt");
  });

  test("opens nothing where nothing was open", () => {
    expect(story({ ...normal(at(0)), isNewLevel: true } as Verdict)).toBeUndefined();
  });

  test("does not open another incident for hours that fit it only roughly", () => {
    const accepted = story(anomalous(at(0)), lasting)!;
    expect(follow(accepted, off(74, 540), "drop", watch)).toBe(accepted);
    expect(follow(accepted, off(96, 540), "drop", watch)).toBe(accepted);
  });

  test("does not hide hours that lose as much again, nor those of later days", () => {
    const accepted = story(anomalous(at(0)), lasting)!;
    expect(follow(accepted, off(74, 100), "drop", watch)).toMatchObject({ openedAt: at(74) });
    expect(follow(accepted, off(97, 540), "drop", watch)).toMatchObject({ openedAt: at(97) });
  });

  test("that somebody labelled otherwise resolves only when the hours are normal", () => {
    const { resolvedAt: _, ...denied } = story(anomalous(at(0)), lasting)!;
    const back = [normal(at(73)), normal(at(74))].reduce<Incident | undefined>(
      (before, verdict) => follow(before, verdict, "drop", watch),
      denied,
    )!;
    expect(back.resolvedAt).toBe(at(74));
    expect(isNewNormal(back)).toBe(false);
  });
});
