import { parseArgs } from "node:util";
import { benchDetector } from "./detector.ts";
import { printFigures } from "./figure.ts";
import { benchRound } from "./round.ts";

// npm run bench [-- --series 1000]: figures of this machine, beside what they were to be.
const { values } = parseArgs({ options: { series: { type: "string", default: "1000" } } });

printFigures([...(await benchDetector()), ...(await benchRound(Number(values.series)))]);
process.exit(0);
