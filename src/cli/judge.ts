import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { verdictOf } from "../core/detector/detector.ts";
import { NORMAL_THRESHOLD } from "../core/detector/rules.ts";
import { newsAmong, REFRACTORY } from "../core/refractory.ts";
import { defaultRules } from "../core/watch.ts";
import { type ExamSeries, evidenceOf } from "./exam-series.ts";

// npm run --silent judge -- [--threshold T] [--refractory HOURS] < series.jsonl > alerts.jsonl
const { values } = parseArgs({
  options: { threshold: { type: "string" }, refractory: { type: "string" } },
});
const threshold = Number(values.threshold ?? NORMAL_THRESHOLD);
const refractory = values.refractory === undefined ? REFRACTORY : Number(values.refractory) * 3_600_000;

for await (const line of createInterface({ input: process.stdin })) {
  if (line.trim()) console.log(JSON.stringify(answerTo(JSON.parse(line) as ExamSeries)));
}

function answerTo(exam: ExamSeries) {
  const verdicts = evidenceOf(exam).map((evidence) => verdictOf(evidence, defaultRules, threshold));
  const alerts = newsAmong(verdicts, refractory).map(({ bucket, direction, score }) => ({
    time: new Date(bucket).toISOString().replace(".000Z", "Z"),
    direction,
    score: Number(score.surprise.toFixed(2)),
  }));
  return { series: exam.series, alerts };
}
