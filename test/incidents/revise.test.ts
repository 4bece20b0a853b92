import { describe, expect, test } from "vitest";
import type { Verdict } from "../../src/detector/verdict/verdict.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import { follow } from "../../src/incidents/life-cycle.ts";
import { followAll } from "../../src/incidents/revise.ts";
import { HOUR } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";

const watch = anAppWatch({ id: "ios" });
const at = (hours: number) => noon + hours * HOUR;

/** A verdict an hour from noon on: what was seen where 1,000 were expected, or nothing where it is unknown. */
const verdicts = (...seen: (number | undefined)[]): Verdict[] =>
  seen.map((observed, i) => {
    const bucket = at(i);
    if (observed === undefined) return { kind: "not-evaluated", bucket, because: "missing" };
    const isInside = observed >= 800;
    const anomalyScore = (observed - 1_000) / 100;
    const score = {
      observed,
      expected: 1_000,
      low: 800,
      high: 1_200,
      anomalyScore,
      window: 1,
      alone: { low: 800, high: 1_200 },
      hasRecovered: isInside,
    };
    return isInside
      ? { kind: "normal", bucket, score }
      : { kind: "anomalous", bucket, direction: "drop", severity: "warning", score };
  });

/** The incidents as they stand after these verdicts, one after the other. */
function lived(all: readonly Verdict[]): Incident[] {
  const incidents = new Map<string, Incident>();
  let current: Incident | undefined;
  for (const verdict of all) {
    current = follow(current, verdict, "drop", watch);
    if (current) incidents.set(current.id, current);
  }
  return [...incidents.values()].map((incident) => ({ ...incident, version: 1 }));
}

const revised = (before: readonly Verdict[], after: readonly Verdict[], people: Partial<Incident> = {}) =>
  followAll(
    lived(before).map((incident) => ({ ...incident, ...people })),
    after,
    "drop",
    watch,
  );

describe("incidents whose hours are evaluated again", () => {
  test("are as if the hours had always had the new counts, whatever they were before", () => {
    const truth = verdicts(1_000, 100, 200, 300, 1_000, 1_000, 1_000, 1_000);
    for (const before of [
      verdicts(1_000, 0, 0, 0),
      verdicts(1_000, 1_000, 0, 300, 1_000, 1_000),
      verdicts(1_000, 100, 1_000, 0, 0, 0),
    ]) {
      const [after] = revised(before, truth);
      const [expected] = lived(truth);
      const { id: _, version: __, ...shown } = expected!;
      expect(after).toMatchObject(shown);
    }
  });

  test("do not change where the hours did not", () => {
    const same = verdicts(1_000, 0, 0, 1_000, 1_000, 1_000);
    expect(revised(same, same)).toEqual([]);
  });

  test("keep what people did and what was notified", () => {
    const people: Partial<Incident> = {
      alertGroupId: "a-cause",
      acknowledged: { by: "U1", at: at(3) },
      labelled: { label: "real", by: "U1", at: at(3) },
      lastNotified: {
        severity: "warning",
        resolved: false,
        bucket: at(2),
        at: at(3),
        channel: "C1",
        ts: "1",
      },
    };
    expect(revised(verdicts(1_000, 0, 0), verdicts(1_000, 500, 0), people)[0]).toMatchObject({
      ...people,
      version: 1,
      balance: -1_500,
    });
  });

  test("are retracted where all their hours are as expected, and restored where they are not", () => {
    const [gone] = revised(verdicts(1_000, 0, 0), verdicts(1_000, 990, 980, 1_000));
    expect(gone).toMatchObject({ retracted: at(3), resolvedAt: at(3), balance: -30, expected: 2_000 });
    const [back] = followAll([gone!], verdicts(1_000, 0, 0, 1_000), "drop", watch);
    expect(back).toMatchObject({ id: gone!.id, openedAt: at(1), balance: -2_000 });
    expect(back?.retracted).toBeUndefined();
    expect(back?.resolvedAt).toBeUndefined();
  });

  test("are not retracted where their hours became unknown", () => {
    for (const unknown of [
      verdicts(1_000, undefined, undefined),
      verdicts(1_000, 1_000, undefined),
      verdicts(1_000, undefined, 1_000),
    ])
      expect(revised(verdicts(1_000, 0, 0), unknown)).toEqual([]);
  });

  test("that were retracted do not reopen as the next incident", () => {
    const [gone] = revised(verdicts(1_000, 0), verdicts(1_000, 1_000, 1_000));
    const [next] = followAll([gone!], verdicts(1_000, 1_000, 1_000, 1_000, 0).slice(3), "drop", watch);
    expect(next).toMatchObject({ openedAt: at(4), version: 0 });
  });

  test("are split in two where the hours between them are as expected for long enough", () => {
    const calm = Array(9).fill(1_000);
    const before = verdicts(1_000, 0, ...Array(9).fill(500), 0);
    const after = revised(before, verdicts(1_000, 0, ...calm, 0));
    expect(after.map(({ openedAt }) => openedAt)).toEqual([at(1), at(11)]);
  });

  test("that a person labelled as new normal stay as they were notified", () => {
    const by = { by: "U1", at: at(3) };
    const people: Partial<Incident> = {
      labelled: { label: "new-normal", ...by },
      accepted: { ...by, bucket: at(2) },
      resolvedAt: at(2),
    };
    expect(revised(verdicts(1_000, 0, 0), verdicts(1_000, 1_000, 1_000, 1_000), people)).toEqual([]);
  });
});
