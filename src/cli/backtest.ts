import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { Presets, SingleBar } from "cli-progress";
import { chartSvg } from "../adapters/chart/svg.ts";
import { type Backtest, backtest } from "../core/backtest.ts";
import { dayKindOf } from "../core/calendar.ts";
import { type ChartFrame, chartOf, spanOf } from "../core/chart.ts";
import type { SeriesProfile } from "../core/detector/detector.ts";
import type { Incident } from "../core/incident.ts";
import { stepOf } from "../core/time.ts";
import { InputError } from "../errors.ts";
import { backtestWords } from "./backtest-words.ts";
import { runCommand } from "./command.ts";
import { HISTORY_USAGE, historyOf, historyOptions } from "./history-options.ts";
import type { ReadPoints } from "./points-csv.ts";

const USAGE = `npm run backtest -- FILE.csv [--chart FILE.svg] [--around 2026-06-16] ${HISTORY_USAGE}`;

/** Bad lines beyond these are only counted. */
const MOST_COMPLAINTS = 20;

async function run(args: string[]): Promise<string> {
  const options = { ...historyOptions, chart: { type: "string" }, around: { type: "string" } } as const;
  const { values, positionals } = parseArgs({ args, allowPositionals: true, options });
  const [file] = positionals;
  if (!file) throw new InputError(USAGE);
  const { points, profile, rules } = historyOf(file, values);
  for (const { line, reason } of points.complaints.slice(0, MOST_COMPLAINTS))
    console.error(`line ${line} ${reason}`);
  const more = points.complaints.length - MOST_COMPLAINTS;
  if (more > 0) console.error(`and ${more} lines more`);

  const bar = new SingleBar({ clearOnComplete: true, noTTYOutput: false }, Presets.shades_classic);
  bar.start(points.history.sessions.length, 0);
  const result = backtest(points.history, profile, rules, () => bar.increment());
  bar.stop();

  const picture = values.chart ?? file.replace(/\.csv$/i, "") + ".backtest.svg";
  const around = values.around === undefined ? worstOf(result) : Date.parse(values.around);
  writeFileSync(picture, chartSvg(chartOf(points, profile, frameOf(file, points, profile, result, around))));
  return [...backtestWords(result, profile), `The chart is in ${picture}.`].join("\n");
}

/** The most surprising incident, which the chart shows. */
const worstOf = ({ incidents }: Backtest): Incident | undefined =>
  incidents.toSorted((a, b) => Math.abs(b.worst.surprise) - Math.abs(a.worst.surprise))[0];

/** Two weeks around a day; or an incident; or the last days. */
function frameOf(
  title: string,
  { history }: ReadPoints,
  { unit, zone, country }: SeriesProfile,
  { incidents }: Backtest,
  around: Incident | number | undefined,
): ChartFrame {
  const step = stepOf(unit);
  const last = history.first + (history.sessions.length - 1) * step;
  const middle = typeof around === "number" ? around : (around?.openedAt ?? last);
  const span = spanOf(
    { openedAt: middle - 4 * 24 * step, lastBucket: Math.min(last, middle + 3 * 24 * step) },
    unit,
  );
  return {
    ...span,
    title: [title],
    incidents: incidents.map(({ openedAt, lastAnomalousBucket, direction }) => ({
      from: openedAt,
      to: lastAnomalousBucket,
      direction,
    })),
    isHoliday: (bucket) => dayKindOf(bucket, unit, zone, country) === "holiday",
  };
}

await runCommand(run);
