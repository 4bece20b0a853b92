import { optionsOrHelp } from "../../src/cli/command.ts";
import { MINUTE } from "../../src/time/time.ts";
import { benchChart } from "./chart.ts";
import { benchDetector } from "./detector.ts";
import { type Figure, keepFigures, printFigures } from "./figure.ts";
import { mixtures } from "./fleet.ts";
import { costOf, failuresOf, figuresOf, linearity, profileOf, round } from "./scale.ts";
import { benchScreens } from "./screens.ts";
import { benchTick } from "./tick.ts";

const USAGE = `npm run bench -- [--series 100,1000,10000] [--metrics sessions|mixed] [--spread 3m] [--profile] [--keep "2026-11-30"]
Figures of this machine, beside what they were to be and those that were kept last.
  --series    how many series a round has; several sizes show whether the cost grows in proportion
  --metrics   sessions of segments, or mixed: also events, purchases, revenue, days, ratios and campaigns
  --spread    how long the fetches of a round are spread over; 0s, unless given, is the most that can be asked
  --profile   shows what takes the processor's time, and nothing else
  --keep      keeps the figures in test/bench/figures.json; say of which day, or of which machine`;

const { values } = optionsOrHelp(
  {
    options: {
      series: { type: "string", default: "100,1000,10000" },
      metrics: { type: "string", default: "sessions" },
      spread: { type: "string", default: "0s" },
      profile: { type: "boolean", default: false },
      keep: { type: "string" },
    },
  },
  USAGE,
);

/** How many watches the screens show. */
const WATCHES = 5_000;

const isProfiled = values.profile;
const mixture = mixtures.find((one) => one === values.metrics);
if (!mixture) {
  console.error(`--metrics must be ${mixtures.join(" or ")}, not ${values.metrics}\n\n${USAGE}`);
  process.exit(1);
}
const shown: Figure[] = [];
const show = (figures: readonly Figure[]) => {
  printFigures(figures);
  shown.push(...figures);
};
// The chart first: it tells what the first of a process costs.
if (!isProfiled) show([...(await benchChart()), ...(await benchDetector())]);
const rounds = [];
for (const series of values.series.split(",").map(Number)) {
  const last = await round({ series, mixture, spread: values.spread, isProfiled });
  show(isProfiled ? profileOf(last) : [...figuresOf(last), ...(await benchTick(series, mixture))]);
  rounds.push(last);
}
show([...rounds.flatMap(costOf), ...linearity(rounds)]);
if (!isProfiled) show(await benchScreens(WATCHES));
if (values.keep !== undefined) keepFigures(shown, values.keep);
console.log(`in all ${(performance.now() / MINUTE).toFixed(1)} min`);
const failures = rounds.flatMap(failuresOf);
for (const failure of failures) console.error(failure);
process.exit(failures.length === 0 ? 0 : 1);
