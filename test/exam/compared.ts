import { verdictOf } from "../../src/detector/detector.ts";
import { isNews, type LastAlert, newsAmong, REFRACTORY } from "../../src/incidents/refractory.ts";
import { defaultRules } from "../../src/settings/watch.ts";
import { stepOf } from "../../src/time/time.ts";
import { type Point, recallAt } from "./curve.ts";
import { type Development, developmentSeries, type Subject } from "./development.ts";
import { share } from "./figures.ts";
import { type Deviation, references } from "./references.ts";
import { type ExamAlert, scoreAlerts } from "./score.ts";
import { evidenceOf } from "./series.ts";

/** What a method alerts on at a threshold, for each series. */
type Method = (threshold: number) => readonly (readonly ExamAlert[])[];

/** False alerts a series and week at which methods are compared: a day is a bucket of seven, not of 168. */
export const ratesOf: Readonly<Record<Subject, readonly number[]>> = {
  days: [0.02, 0.05, 0.1, 0.2],
  money: [0.1, 0.25, 0.5, 1],
};

export const comparedHead = (subject: Subject): readonly string[] => [
  "false alerts a series and week",
  ...ratesOf[subject].map(String),
];

/** The share of all injected incidents that each method finds at the same rates of false alerts. */
export function comparedRows(subject: Subject, series = developmentSeries(subject)): string[][] {
  return [...methodsOn(series)].map(([name, method]) => {
    const curve = curveOf(series, method);
    return [name, ...ratesOf[subject].map((rate) => share(recallAt(curve, rate)))];
  });
}

/** The simple references, then the detector. */
function methodsOn(series: readonly Development[]): Map<string, Method> {
  const evidence = series.map(({ exam }) => evidenceOf(exam));
  const detector: Method = (threshold) =>
    evidence.map((seen) => newsAmong(seen.map((one) => verdictOf(one, defaultRules, threshold))));
  return new Map([
    ...references.map(({ name, deviations }): [string, Method] => {
      const all = series.map(({ exam }) => deviations(exam));
      return [name, (threshold) => all.map((of) => newsOf(of, threshold))];
    }),
    ["the detector", detector],
  ]);
}

/** References repeat themselves as little as the detector does. */
function newsOf(deviations: readonly Deviation[], threshold: number): ExamAlert[] {
  const last: { [direction in ExamAlert["direction"]]?: LastAlert } = {};
  return deviations.filter(({ bucket, direction, size }) => {
    if (size < threshold) return false;
    const before = last[direction];
    const isNew = isNews(before, bucket, size, REFRACTORY);
    last[direction] = { lastBucket: bucket, anomalyScore: isNew || !before ? size : before.anomalyScore };
    return isNew;
  });
}

/** From a threshold at which nearly all alerts to one at which nothing does. */
const THRESHOLDS = Array.from({ length: 60 }, (_, i) => 1.08 ** i);

const curveOf = (series: readonly Development[], method: Method): Point[] =>
  THRESHOLDS.map((threshold) => {
    const scored = method(threshold).map((alerts, i) => {
      const { exam, labels } = series[i]!;
      return scoreAlerts(alerts, labels, exam.unit && stepOf(exam.unit));
    });
    const found = scored.flatMap((one) => one.found);
    const falseAlerts = scored.flatMap((one) => one.falseAlerts).length;
    return {
      threshold,
      falseRate: falseAlerts / scored.reduce((sum, { weeks }) => sum + weeks, 0),
      recall: found.filter(({ delays }) => delays.length > 0).length / found.length,
      scored,
    };
  });
