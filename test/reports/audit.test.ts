import { describe, expect, test } from "vitest";
import type { NotEvaluatedReason, Verdict } from "../../src/detector/verdict/verdict.ts";
import type { Decision } from "../../src/notifications/decide.ts";
import { affectedBy, auditTrail, notableOf, suppressionsOf } from "../../src/reports/audit.ts";
import { HOUR } from "../../src/time/time.ts";
import { aMember, anomalous, noon, normal, notEvaluated } from "../support/builders.ts";

const at = (hours: number) => noon + hours * HOUR;
const lastNotified = {
  severity: "warning",
  resolved: false,
  bucket: noon,
  at: at(1),
  channel: "C0ALERTS1",
  ts: "1.000001",
} as const;
const missing = (hours: number) => notEvaluated(at(hours));
const flat = (hours: number): Verdict => ({ kind: "not-evaluated", bucket: at(hours), because: "flat" });

describe("the audit of verdicts", () => {
  test.each<[string, Verdict[], NotEvaluatedReason | undefined, number[]]>([
    ["a normal hour is not kept, the journal has it", [normal(at(0))], undefined, []],
    ["every anomalous hour is", [anomalous(at(0)), anomalous(at(1))], undefined, [0, 1]],
    ["of unjudged hours in a row the first is", [missing(0), missing(1)], undefined, [0]],
    ["of unjudged hours in a row none is where they go on", [missing(0)], "missing", []],
    ["an unjudged hour is when the reason changes", [missing(0), flat(1), flat(2)], "missing", [1]],
    [
      "an unjudged hour is when others lie between",
      [missing(0), normal(at(1)), missing(2)],
      undefined,
      [0, 2],
    ],
  ])("%s", (_, verdicts, before, kept) => {
    expect(notableOf(verdicts, before).map(({ bucket }) => (bucket - noon) / HOUR)).toEqual(kept);
  });
});

describe("the audit of decisions", () => {
  const suppression = { because: "quiet-hours" } as const;

  test("a suppression is recorded with its reason at that time", () => {
    const [fresh, known] = [
      aMember({}, {}, suppression),
      aMember({ lastBucket: at(2), lastNotified }, {}, { because: "muted" }),
    ];
    expect(suppressionsOf([fresh, known], at(3))).toEqual([
      { incidentId: fresh.incident.id, bucket: noon, decision: { suppress: "quiet-hours" }, at: at(3) },
      {
        incidentId: known.incident.id,
        bucket: at(2),
        notifiedAt: at(1),
        decision: { suppress: "muted" },
        at: at(3),
      },
    ]);
  });

  test("no suppression is recorded without a notification or without a reason to suppress it", () => {
    expect(suppressionsOf([aMember({ lastNotified }, {}, suppression), aMember()], at(3))).toEqual([]);
  });

  test.each<[string, Decision, number]>([
    ["what is said concerns those with news", { notify: "updated" }, 1],
    ["a reminder concerns all that may be heard of", { notify: "reminder" }, 2],
  ])("%s", (_, decision, count) => {
    const members = [aMember(), aMember({ lastNotified }), aMember({}, {}, suppression)];
    expect(affectedBy(decision, members)).toHaveLength(count);
  });
});

test("the trail lists each hour with its verdict, its reason, and what was decided", () => {
  const decision = { incidentId: "i", bucket: at(2), decision: { notify: "opened" }, at: at(3) } as const;
  const journal = new Map<number, Verdict["kind"]>([
    [at(0), "not-evaluated"],
    [at(1), "normal"],
    [at(2), "anomalous"],
  ]);
  const anomaly = anomalous(at(2)) as Extract<Verdict, { kind: "anomalous" }>;
  const notable = [{ kind: "not-evaluated", bucket: at(-9), because: "missing" } as const, anomaly];
  expect(auditTrail([0, 1, 2, 3].map(at), journal, notable, [decision])).toEqual([
    { bucket: at(0), verdict: "not-evaluated", because: "missing", decisions: [] },
    { bucket: at(1), verdict: "normal", decisions: [] },
    { bucket: at(2), verdict: "anomalous", anomaly, decisions: [decision] },
    { bucket: at(3), decisions: [] },
  ]);
});
