import { createInterface } from "node:readline";
import { numberOf, readArgs, runCommand } from "../../src/cli/command.ts";
import { verdictOf } from "../../src/detector/detector.ts";
import { NORMAL_THRESHOLD } from "../../src/detector/verdict/threshold.ts";
import { InputError } from "../../src/errors.ts";
import { newsAmong, REFRACTORY } from "../../src/incidents/refractory.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { HOUR } from "../../src/time/time.ts";
import { type ExamSeries, evidenceOf } from "./series.ts";

const USAGE = "npm run --silent judge -- [--threshold T] [--refractory HOURS] < series.jsonl > alerts.jsonl";

async function run(args: string[]): Promise<undefined> {
  const options = { threshold: { type: "string" }, refractory: { type: "string" } } as const;
  const { values } = readArgs({ args, options }, USAGE);
  const threshold =
    values.threshold === undefined ? NORMAL_THRESHOLD : numberOf("threshold", values.threshold, 0, 1_000);
  const refractory =
    values.refractory === undefined
      ? REFRACTORY
      : numberOf("refractory", values.refractory, 0, 10_000) * HOUR;
  let place = 0;
  for await (const line of createInterface({ input: process.stdin })) {
    place++;
    if (line.trim()) console.log(JSON.stringify(answerTo(examIn(line, place), threshold, refractory)));
  }
}

function examIn(line: string, place: number): ExamSeries {
  try {
    return JSON.parse(line) as ExamSeries;
  } catch (error) {
    throw new InputError(`line ${place} is no JSON: each line has to be a series of the exam`, {
      cause: error,
    });
  }
}

function answerTo(exam: ExamSeries, threshold: number, refractory: number) {
  const verdicts = evidenceOf(exam).map((evidence) => verdictOf(evidence, defaultRules, threshold));
  const alerts = newsAmong(verdicts, refractory).map(({ bucket, direction, score }) => ({
    time: new Date(bucket).toISOString().replace(".000Z", "Z"),
    direction,
    score: Number(score.anomalyScore.toFixed(2)),
  }));
  return { series: exam.series, alerts };
}

await runCommand(run, USAGE);
