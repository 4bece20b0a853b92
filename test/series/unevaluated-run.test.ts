import { expect, test } from "vitest";
import type { NotEvaluatedReason } from "../../src/detector/verdict/verdict.ts";
import { notEvaluatedRun } from "../../src/series/unevaluated-run.ts";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

const at = (hours: number) => noon + hours * HOUR;
const looked = (...reasons: (NotEvaluatedReason | undefined)[]) =>
  reasons.map((notEvaluated, i) => ({ bucket: at(i), ...(notEvaluated && { notEvaluated }) }));
const before = { since: at(-3), through: at(-1), because: "flat" } as const;

test.each([
  ["no run where the last bucket was judged", before, looked("missing", undefined), undefined],
  [
    "a run begins after the last judged bucket",
    before,
    looked("missing", undefined, "flat", "missing"),
    { since: at(2), through: at(3), because: "missing" },
  ],
  [
    "a run goes on across looks",
    before,
    looked("missing", "missing"),
    { since: at(-3), through: at(1), because: "missing" },
  ],
  [
    "a run may be all there is",
    undefined,
    looked("too-little-history"),
    { since: at(0), through: at(0), because: "too-little-history" },
  ],
  ["nothing looked at changes nothing", before, [], before],
])("%s", (_, known, evidence, run) => {
  expect(notEvaluatedRun(known, evidence)).toEqual(run);
});
