import { readFile, writeFile } from "node:fs/promises";
import { basename } from "node:path";
import { Presets, SingleBar } from "cli-progress";
import { chartPng } from "../adapters/chart/painter.ts";
import { chartSvg } from "../adapters/chart/svg.ts";
import { sensitivityOf } from "../commands/grammar/setting-values.ts";
import type { SeriesProfile } from "../detector/detector.ts";
import { InputError } from "../errors.ts";
import { backtest } from "../reports/backtest.ts";
import { defaultRules, type Rules } from "../settings/watch.ts";
import { canonicalPlace } from "../time/holidays.ts";
import type { Unit } from "../time/time.ts";
import { canonicalZone } from "../time/zone.ts";
import { chartOfBacktest } from "./backtest/chart.ts";
import { type CsvSeries, readCsv } from "./backtest/csv.ts";
import { decoded } from "./backtest/table.ts";
import { transcriptOf } from "./backtest/transcript.ts";
import { mainOf, readArgs, runIfStarted } from "./command.ts";

const USAGE = `npm run backtest -- FILE.csv [--budget 1/month | --sensitivity low|normal|high] [--zone Europe/Berlin]
                       [--country DE] [--unit hour|day] [--chart FILE.png|FILE.svg]`;

const options = {
  budget: { type: "string" },
  sensitivity: { type: "string" },
  zone: { type: "string", default: "UTC" },
  country: { type: "string" },
  unit: { type: "string", default: "hour" },
  chart: { type: "string" },
} as const;

async function run(args: string[]): Promise<string> {
  const { values, positionals } = readArgs({ args, options, allowPositionals: true }, USAGE);
  const [file] = positionals;
  if (!file) throw new InputError(`which file?\n\n${USAGE}`);
  const unit = unitOf(values.unit);
  const profile: SeriesProfile = {
    unit,
    zone: zoneOf(values.zone),
    ...(values.country !== undefined && { country: placeOf(values.country) }),
  };
  const sensitivity = values.budget ?? values.sensitivity;
  const rules: Rules = { ...defaultRules, ...(sensitivity && { sensitivity: sensitivityOf(sensitivity) }) };

  const series = await readSeries(file, unit, profile.zone);
  const result = withBar(series.values.length, (passed) => backtest(series, profile, rules, passed));
  const chartImage = values.chart ?? `${basename(file).replace(/\.csv$/i, "")}.backtest.png`;
  const chart = chartOfBacktest(basename(file), series, result, profile, rules);
  await writeFile(chartImage, chartImage.endsWith(".svg") ? chartSvg(chart) : await chartPng(chart));
  return [
    ...(series.notes ? [...series.notes, ""] : []),
    ...transcriptOf(result, unit, profile.zone),
    `the last weeks as a picture: ${chartImage}`,
  ].join("\n");
}

/** The maximum unreadable rows that are named one by one. */
const MOST_NAMED = 10;

async function readSeries(file: string, unit: Unit, zone: string): Promise<CsvSeries> {
  const bytes = await readFile(file).catch((error: Error) => {
    throw new InputError(`${file} cannot be read: ${error.message}`, { cause: error });
  });
  const text = decoded(bytes);
  if (text === undefined)
    throw new InputError(`${file} is text of neither UTF-8 nor UTF-16: save it as CSV in UTF-8`);
  const series = readCsv(text, unit, zone);
  if (typeof series === "string") throw new InputError(`${file} ${series}`);
  if (series.bad.length > 0) throw new InputError(`${file} ${brokenRows(series.bad)}`);
  return series;
}

function brokenRows(bad: CsvSeries["bad"]): string {
  const named = bad.slice(0, MOST_NAMED).map(({ line, reason }) => `  line ${line}: ${reason}`);
  const more = bad.length > MOST_NAMED ? [`  and ${bad.length - MOST_NAMED} more`] : [];
  const rows = bad.length === 1 ? "1 row" : `${bad.length} rows`;
  return [`cannot be read whole: mend or remove ${rows}`, ...named, ...more].join("\n");
}

function unitOf(unit: string): Unit {
  if (unit === "hour" || unit === "day") return unit;
  throw new InputError(`--unit must be hour or day. You typed ${unit}`);
}

function zoneOf(zone: string): string {
  const known = canonicalZone(zone);
  if (known) return known;
  throw new InputError(`--zone must be an IANA time zone such as Europe/Berlin. You typed ${zone}`);
}

function placeOf(country: string): string {
  const known = canonicalPlace(country);
  if (known) return known;
  throw new InputError(
    `--country must be a country code such as DE, or a state such as AU-VIC. You typed ${country}`,
  );
}

/** Shows the progress on a terminal. */
function withBar<Result>(total: number, act: (passed: (done: number) => void) => Result): Result {
  if (!process.stderr.isTTY) return act(() => {});
  const bar = new SingleBar(
    { format: "{bar} {value} of {total}", stream: process.stderr, clearOnComplete: true },
    Presets.shades_classic,
  );
  bar.start(total, 0);
  const result = act((done) => {
    if (done % 500 === 0) bar.update(done);
  });
  bar.stop();
  return result;
}

/** The program on the words typed after its name. */
export const main = mainOf(run, USAGE);

await runIfStarted(import.meta.filename, main);
