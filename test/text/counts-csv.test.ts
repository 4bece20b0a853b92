import { expect, test } from "vitest";
import { cellOf, countsCsv } from "../../src/text/counts-csv.ts";
import { HOUR } from "../../src/time/time.ts";
import { anAppWatch, anomalous, noon, notEvaluated } from "../support/builders.ts";

test.each([
  ["=HYPERLINK(1)", "'=HYPERLINK(1)"],
  ["+1", "'+1"],
  ["-1", "'-1"],
  ["@SUM(A1)", "'@SUM(A1)"],
  [" =1", "' =1"],
  ["\t=1", '"\'\t=1"'],
  ['=1,"x"', '"\'=1,""x"""'],
  ["iOS · New users", "iOS · New users"],
  ["a, b", '"a, b"'],
  [-7.4, "-7.4"],
  [0.1 + 0.2, "0.3"],
  [1_234_567_890, "1234567890"],
  [Number.NaN, ""],
  [undefined, ""],
])("%j is the cell %s, which no spreadsheet runs as a formula", (value, cell) => {
  expect(cellOf(value)).toBe(cell);
});

test("each hour is a row with its count, its expected range, its score, its verdict and its notifications", () => {
  const counted = [
    { bucket: noon, observed: 610, verdict: anomalous(noon), notified: ["opened"] },
    { bucket: noon + HOUR, verdict: notEvaluated(noon + HOUR), notified: [] },
  ];
  expect(countsCsv(anAppWatch({ appName: "=iOS" }), counted).split("\r\n")).toEqual([
    "watch,time,observed,expected,expected low,expected high,score,verdict,notified",
    "'=iOS,2026-06-16T12:00:00.000Z,610,1240,1105,1382,-7.4,warning drop,opened",
    "'=iOS,2026-06-16T13:00:00.000Z,,,,,,not evaluated (missing),",
    "",
  ]);
});
