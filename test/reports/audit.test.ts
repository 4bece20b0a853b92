import { describe, expect, test } from "vitest";
import type { NotEvaluatedReason, Verdict } from "../../src/detector/verdict/verdict.ts";
import type { Decision } from "../../src/notifications/decide.ts";
import { affectedBy, auditTrail, collapsed, notableOf, suppressionsOf } from "../../src/reports/audit.ts";
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

describe("an audit without its calm", () => {
  const calm = (hours: number) => ({ bucket: at(hours), verdict: "normal", decisions: [] }) as const;
  const notified = {
    ...calm(2),
    decisions: [{ incidentId: "i", bucket: at(2), decision: { notify: "resolved" }, at: at(3) }],
  } as const;
  const unknown = (hours: number) => ({ bucket: at(hours), decisions: [] });
  const run = (from: number, to: number) => ({ from: at(from), to: at(to), buckets: to - from + 1 });

  test.each([
    ["normal hours in a row are one entry", [calm(0), calm(1), calm(2)], [], [run(0, 2)]],
    ["one normal hour stays as it is", [calm(0), unknown(1)], [], [calm(0), unknown(1)]],
    ["hours that were not evaluated stay", [unknown(0), unknown(1)], [], [unknown(0), unknown(1)]],
    [
      "a normal hour with a notification stands alone",
      [calm(0), calm(1), notified, calm(3), calm(4)],
      [],
      [run(0, 1), notified, run(3, 4)],
    ],
    [
      "a change of settings ends a run",
      [calm(0), calm(1), calm(2), calm(3)],
      [at(1.5)],
      [run(0, 1), run(2, 3)],
    ],
  ])("%s", (_, audited, between, entries) => {
    expect(collapsed(audited, between)).toEqual(entries);
  });
});
