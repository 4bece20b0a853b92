import { beforeEach, describe, expect, test } from "vitest";
import type { AuditStore } from "../../src/pipeline/ports/audit.ts";
import type { AuditedDecision, NotableVerdict } from "../../src/reports/audit.ts";
import { DAY, HOUR } from "../../src/time/time.ts";
import { anomalous, noon } from "../support/builders.ts";
import { kinds } from "./kinds.ts";

const at = (hours: number) => noon + hours * HOUR;
const anomaly = (hours: number, anomalyScore = -7.4) =>
  anomalous(at(hours), "critical", { anomalyScore }) as NotableVerdict;
const missing = (hours: number): NotableVerdict => ({
  kind: "not-evaluated",
  bucket: at(hours),
  because: "missing",
});
const opened: AuditedDecision = {
  incidentId: "ios-us.drop@2026-06-16T12",
  bucket: noon,
  decision: { notify: "opened" },
  at: at(1.25),
};

describe.each(kinds)("in %s, the audit", (_, open) => {
  let audit: AuditStore;
  beforeEach(() => {
    audit = open().audit;
  });

  test("keeps verdicts with their numbers, by watch and hour", async () => {
    await audit.recordVerdicts("ios", at(0), at(2), [anomaly(0), missing(2)]);
    await audit.recordVerdicts("web", at(1), at(1), [missing(1)]);
    expect(await audit.verdicts("ios", at(0), at(9))).toEqual([anomaly(0), missing(2)]);
    expect(await audit.verdicts("ios", at(1), at(2))).toEqual([missing(2)]);
    expect(await audit.verdicts("tv", at(0), at(9))).toEqual([]);
  });

  test.each([
    ["beyond measure", Number.NEGATIVE_INFINITY],
    ["unknown", Number.NaN],
  ])("keeps an anomaly score that is %s", async (_, anomalyScore) => {
    await audit.recordVerdicts("ios", at(0), at(0), [anomaly(0, anomalyScore)]);
    expect(await audit.verdicts("ios", at(0), at(0))).toEqual([anomaly(0, anomalyScore)]);
  });

  test("replaces the verdicts of hours that are evaluated again", async () => {
    await audit.recordVerdicts("ios", at(0), at(2), [anomaly(0), anomaly(1), anomaly(2)]);
    await audit.recordVerdicts("ios", at(1), at(2), [anomaly(2, -9)]);
    expect(await audit.verdicts("ios", at(0), at(9))).toEqual([anomaly(0), anomaly(2, -9)]);
  });

  test("keeps the first version of a decision, once", async () => {
    await audit.recordDecisions("ios", [opened]);
    await audit.recordDecisions("ios", [{ ...opened, at: at(2) }]);
    expect(await audit.decisions("ios", at(0))).toEqual([opened]);
  });

  test("separates decisions that differ in the hour, the notification, or the decision", async () => {
    const decisions: AuditedDecision[] = [
      opened,
      { ...opened, bucket: at(1), decision: { suppress: "muted" }, at: at(2) },
      { ...opened, bucket: at(1), notifiedAt: at(1.25), decision: { suppress: "muted" }, at: at(3) },
      { ...opened, bucket: at(1), notifiedAt: at(1.25), decision: { notify: "unmuted" }, at: at(4) },
      {
        ...opened,
        bucket: at(2),
        decision: { suppress: "over-limit", overflow: "C1.overflow@x" },
        at: at(5),
      },
    ];
    await audit.recordDecisions("ios", decisions);
    await audit.recordDecisions("ios", []);
    expect(await audit.decisions("ios", at(0))).toEqual(decisions);
    expect(await audit.decisions("ios", at(3))).toEqual(decisions.slice(2));
    expect(await audit.decisions("web", at(0))).toEqual([]);
  });

  test("removes what is older than 90 days", async () => {
    const late = 91 * (DAY / HOUR);
    await audit.recordVerdicts("ios", at(0), at(0), [anomaly(0)]);
    await audit.recordDecisions("ios", [opened]);
    await audit.recordVerdicts("ios", at(late), at(late), [anomaly(late)]);
    await audit.recordDecisions("ios", [{ ...opened, bucket: at(late), at: at(late) }]);
    expect(await audit.verdicts("ios", 0, at(late))).toEqual([anomaly(late)]);
    expect((await audit.decisions("ios", 0)).map(({ bucket }) => bucket)).toEqual([at(late)]);
  });
});
