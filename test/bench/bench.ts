import { optionsOrHelp } from "../../src/cli/command.ts";
import { MINUTE } from "../../src/time/time.ts";
import { benchChart } from "./chart.ts";
import { benchDetector } from "./detector.ts";
import { printFigures } from "./figure.ts";
import { costOf, figuresOf, linearity, profileOf, round } from "./scale.ts";
import { benchTick } from "./tick.ts";

const USAGE = `npm run bench -- [--series 100,1000,10000] [--spread 3m] [--profile]
Figures of this machine, beside what they were to be.
  --series    how many series a round has; several sizes show whether the cost grows in proportion
  --spread    how long the fetches of a round are spread over; 0s, unless given, is the most that can be asked
  --profile   shows what takes the processor's time, and nothing else`;

const { values } = optionsOrHelp(
  {
    options: {
      series: { type: "string", default: "100,1000,10000" },
      spread: { type: "string", default: "0s" },
      profile: { type: "boolean", default: false },
    },
  },
  USAGE,
);

const isProfiled = values.profile;
// The chart first: it tells what the first of a process costs.
if (!isProfiled) printFigures([...(await benchChart()), ...(await benchDetector())]);
const rounds = [];
for (const series of values.series.split(",").map(Number)) {
  const last = await round({ series, spread: values.spread, isProfiled });
  printFigures(isProfiled ? profileOf(last) : [...figuresOf(last), ...(await benchTick(series))]);
  rounds.push(last);
}
printFigures([...rounds.flatMap(costOf), ...linearity(rounds)]);
console.log(`in all ${(performance.now() / MINUTE).toFixed(1)} min`);
process.exit(0);
