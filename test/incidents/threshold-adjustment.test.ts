import { expect, test } from "vitest";
import type { Label } from "../../src/incidents/label.ts";
import { thresholdAdjustmentOf, withThresholdAdjustment } from "../../src/incidents/threshold-adjustment.ts";
import { aWatch } from "../support/builders.ts";

const falseAlarm = "false-alarm";
test.each<[string, Label[], number]>([
  ["stays without labels", [], 1],
  ["stays after one false alarm", [falseAlarm], 1],
  ["rises a step with the second among five", [falseAlarm, "real", "expected", "real", falseAlarm], 1.1],
  ["stays with the second among six", [falseAlarm, "real", "real", "expected", "real", falseAlarm], 1],
  ["rises a step with each further one", [falseAlarm, falseAlarm, falseAlarm], 1.21],
  ["never rises by more than half", Array(20).fill(falseAlarm), 1.5],
  ["falls back a step with a real one", [falseAlarm, falseAlarm, falseAlarm, "real"], 1.1],
  ["never falls below where it began", [falseAlarm, falseAlarm, "real", "real", "real"], 1],
  [
    "is not moved by what was expected, nor by a new normal",
    [falseAlarm, falseAlarm, "expected", "new-normal"],
    1.1,
  ],
])("the threshold %s", (_, labels, thresholdAdjustment) => {
  expect(thresholdAdjustmentOf(labels)).toBe(thresholdAdjustment);
});

test("a watch with its original threshold stores no adjustment", () => {
  expect(withThresholdAdjustment(aWatch({ thresholdAdjustment: 1.1 }), 1)).toEqual(aWatch());
  expect(withThresholdAdjustment(aWatch(), 1.21)).toEqual(aWatch({ thresholdAdjustment: 1.21 }));
});

test("further adjustments start from the value that somebody set", () => {
  for (const from of [1, 1.1, 1.21, 1.331, 1.464, 1.5]) expect(thresholdAdjustmentOf([], from)).toBe(from);
  expect(thresholdAdjustmentOf(["real"], 1.21)).toBe(1.1);
  expect(thresholdAdjustmentOf(["false-alarm", "false-alarm"], 1.1)).toBe(1.21);
});
