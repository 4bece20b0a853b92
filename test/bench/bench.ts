import { parseArgs } from "node:util";
import { benchChart } from "./chart.ts";
import { benchDetector } from "./detector.ts";
import { printFigures } from "./figure.ts";
import { benchRound } from "./round.ts";

// npm run bench [-- --series 1000]: figures of this machine, beside what they were to be.
const { values } = parseArgs({ options: { series: { type: "string", default: "1000" } } });

// The chart first: it tells what the first of a process costs.
printFigures([
  ...(await benchChart()),
  ...(await benchDetector()),
  ...(await benchRound(Number(values.series))),
]);
process.exit(0);
