import { readFileSync } from "node:fs";
import { join } from "node:path";
import { Presets, SingleBar } from "cli-progress";
import { runCommand } from "../../src/cli/command.ts";
import { InputError } from "../../src/errors.ts";
import { REFRACTORY } from "../../src/incidents/refractory.ts";
import { ablations, type Without } from "./ablation.ts";
import { calibrationHead, calibrationRows } from "./calibration.ts";
import { comparedHead, comparedRows } from "./compared.ts";
import { curveOf, meanRecall, type Point, pointAt, recallAt, type Sat, sift, thresholdAt } from "./curve.ts";
import { subjects } from "./development.ts";
import { breakdown, delayAt, foundAmong, share, shiftAlerts } from "./figures.ts";
import { lastingHead, lastingRows } from "./lasting.ts";
import { messageHead, messageRows } from "./messages.ts";
import type { ExamLabels } from "./score.ts";
import { sendsHead, sendsRows } from "./sends.ts";
import { type ExamSeries, evidenceOf } from "./series.ts";

const USAGE = `npm run exam -- FOLDER [--ablation|--incidents|--calibration]   FOLDER holds series.jsonl and labels.json
npm run exam -- --lasting                          what is posted about a change that lasts
npm run exam -- --days|--money                     beside simple references, on public counts by the day or as money
npm run exam -- --sends                            with and without what is known of sends`;

/** Series with labels of their own are few and of another kind: they are counted apart. */
const MAIN = new Set(["injected", "natural", "drift"]);
const RATES = [0.1, 0.25, 0.5, 1];

interface Paper {
  readonly exams: readonly ExamSeries[];
  readonly labels: Readonly<Record<string, ExamLabels>>;
}

function read(folder: string): Paper {
  const lines = contentOf(join(folder, "series.jsonl")).split("\n");
  return {
    exams: lines.filter(Boolean).map((line) => JSON.parse(line) as ExamSeries),
    labels: JSON.parse(contentOf(join(folder, "labels.json"))),
  };
}

function contentOf(file: string): string {
  try {
    return readFileSync(file, "utf8");
  } catch (error) {
    throw new InputError(`${(error as Error).message}\n\n${USAGE}`, { cause: error });
  }
}

const sit = ({ exams, labels }: Paper, roles: (role: string) => boolean, without?: Without): Sat[] =>
  exams
    .filter(({ series }) => roles(labels[series]!.role))
    .map((exam) => sift({ labels: labels[exam.series]!, evidence: evidenceOf(exam, without) }));

async function run(args: string[]): Promise<string> {
  const [folder, option] = args;
  if (folder === "--lasting" && option === undefined)
    return table("## Half of the counts are gone for good", lastingHead, lastingRows());
  if (folder === "--sends" && option === undefined)
    return table("## Alerts where something is sent every two to four days", sendsHead, sendsRows());
  const subject = subjects.find((one) => folder === `--${one}`);
  if (subject && option === undefined)
    return table(`## Incidents found: ${subject}`, comparedHead(subject), comparedRows(subject));
  const isKnown = option === undefined || ["--ablation", "--incidents", "--calibration"].includes(option);
  if (!folder || !isKnown) throw new InputError(USAGE);
  const paper = read(folder);
  if (option === "--incidents") return messages(paper);
  if (option === "--calibration")
    return table(
      "## Incidents a month where nothing was injected",
      calibrationHead,
      calibrationRows(Object.values(paper.labels)),
    );
  const begun = performance.now();
  const main = sit(paper, (role) => MAIN.has(role));
  const hours = paper.exams.reduce((sum, { points }) => sum + points.length, 0);
  const cost = `${((performance.now() - begun) / 1000).toFixed(1)} s for ${hours} points, ${(((performance.now() - begun) / hours) * 1000).toFixed(0)} µs each`;
  const curve = curveOf(main);
  const sections = [
    operatingCurve(curve, curveOf(main, 0)),
    byKind(main, curve),
    ofOthers(sit(paper, (role) => !MAIN.has(role))),
    `## Cost\n${cost}`,
  ];
  if (option) sections.push(ablationTable(paper, main, curve));
  return sections.join("\n\n");
}

/** The exam through incident rules and the alert limit: what people would have been told. */
const messages = ({ exams, labels }: Paper): string =>
  table(
    "## Messages, by series and week",
    messageHead,
    messageRows(
      exams
        .filter(({ series }) => MAIN.has(labels[series]!.role))
        .map((exam) => ({ labels: labels[exam.series]!, evidence: evidenceOf(exam) })),
    ),
  );

function operatingCurve(curve: readonly Point[], unquiet: readonly Point[]): string {
  const columns = RATES.map((rate) => pointWithin(curve, rate));
  const shifts = columns.map(shiftAlerts);
  return table(
    "## Operating curve",
    ["false alerts a series and week", ...RATES.map(String)],
    [
      ["actionable incidents found", ...RATES.map((rate) => share(recallAt(curve, rate)))],
      ["the same without 24 quiet hours", ...RATES.map((rate) => share(recallAt(unquiet, rate)))],
      ["at a threshold of", ...columns.map(({ threshold }) => threshold.toFixed(2))],
      [
        "delay in hours, median / 90%",
        ...columns.map((at) => [0.5, 0.9].map((quantile) => Math.round(delayAt(at, quantile))).join(" / ")),
      ],
      ["alerts a shift of level, median / most", ...shifts.map((n) => `${n[n.length >> 1]} / ${n.at(-1)}`)],
      ["false alerts that are drops", ...columns.map((at) => share(dropShare(at)))],
    ],
  );
}

const pointWithin = (curve: readonly Point[], rate: number): Point =>
  curve.find(({ threshold }) => threshold === thresholdAt(curve, rate))!;

function dropShare({ scored }: Point): number {
  const all = scored.flatMap(({ falseAlerts }) => falseAlerts);
  return all.filter(({ direction }) => direction === "drop").length / all.length;
}

function byKind(main: readonly Sat[], curve: readonly Point[]): string {
  const [at, rows] = [pointWithin(curve, 0.5), breakdown(pointWithin(curve, 0.25), main)];
  const half = breakdown(at, main);
  return table(
    "## Found, by kind, duration and volume",
    ["", "at 0.25: all", "actionable", "at 0.5: all", "actionable"],
    rows.map((row, i) => [...row, ...half[i]!.slice(1)]),
  );
}

function ofOthers(others: readonly Sat[]): string {
  const rows = [3, 3.6, 4.5].map((threshold) => {
    const at = pointAt(others, threshold);
    return [String(threshold), share(at.falseRate), foundAmong(at, others, () => true)];
  });
  return table(
    "## Series with labels of their own",
    ["threshold", "false alerts a series and week", "found"],
    rows,
  );
}

function ablationTable(paper: Paper, main: readonly Sat[], full: readonly Point[]): string {
  const sources = [...new Set(main.map(({ labels }) => labels.base))];
  const leaveOut = (sat: readonly Sat[], refractory?: number) =>
    sources.map((source) =>
      meanRecall(
        curveOf(
          sat.filter(({ labels }) => labels.base !== source),
          refractory,
        ),
      ),
    );
  const fullParts = leaveOut(main);
  const bar = new SingleBar({ stopOnComplete: true, clearOnComplete: true }, Presets.shades_classic);
  bar.start(ablations.length, 0);
  const rows = ablations.map((without) => {
    const sat = sit(paper, (role) => MAIN.has(role), without);
    const refractory = without.refractory ?? REFRACTORY;
    const curve = curveOf(sat, refractory);
    const gains = leaveOut(sat, refractory).map((part, i) => fullParts[i]! - part);
    bar.increment();
    const mean = gains.reduce((sum, gain) => sum + gain, 0) / gains.length;
    return [
      without.ingredient,
      ...RATES.map((rate) => share(recallAt(curve, rate))),
      ...[mean, Math.min(...gains)].map((gain) => gain.toFixed(3)),
    ];
  });
  bar.stop();
  return table(
    "## What each ingredient gains",
    ["without", ...RATES.map(String), "gain", "least gain"],
    [["(the detector)", ...RATES.map((rate) => share(recallAt(full, rate))), "", ""], ...rows],
  );
}

const table = (title: string, head: readonly string[], rows: readonly (readonly string[])[]): string =>
  [title, "", ...[head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`)].join("\n");

await runCommand(run, USAGE);
