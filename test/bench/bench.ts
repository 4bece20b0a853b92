import { parseArgs } from "node:util";
import { benchChart } from "./chart.ts";
import { benchDetector } from "./detector.ts";
import { printFigures } from "./figure.ts";
import { figuresOf, linearity, round } from "./scale.ts";

// npm run bench [-- --series 100,1000,10000] [--spread 3m]: figures of this machine, beside what they were to be. By
// default all series are due in the same instant, which is the most that can be asked of it.
const { values } = parseArgs({
  options: {
    series: { type: "string", default: "100,1000,10000" },
    spread: { type: "string", default: "0s" },
  },
});

// The chart first: it tells what the first of a process costs.
printFigures([...(await benchChart()), ...(await benchDetector())]);
const rounds = [];
for (const series of values.series.split(",").map(Number)) {
  const last = await round({ series, spread: values.spread });
  printFigures(figuresOf(last));
  rounds.push(last);
}
printFigures(linearity(rounds));
process.exit(0);
