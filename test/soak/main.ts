import { optionsOrHelp } from "../../src/cli/command.ts";
import { table } from "../chaos/figures.ts";
import { samplesTable, trends } from "./figures.ts";
import { soak } from "./soak.ts";

const USAGE = `npm run soak -- [--days 30] [--series 50]
Simulated days with incidents, mutes, labels, events and changes. Ends well when nothing grows that should not: memory in
MB at the end of days, and by what share it grew from the second third to the last.`;

const { values } = optionsOrHelp(
  {
    options: { days: { type: "string", default: "30" }, series: { type: "string", default: "50" } },
  },
  USAGE,
);
const samples = await soak({
  days: Number(values.days),
  series: Number(values.series),
  lastNotified: (sample) => console.error(samplesTable([sample], 1).split("\n").at(-1)),
});
const grown = trends(samples);
console.log(samplesTable(samples, 5));
console.log(
  `\n${table(
    ["from the second third of the days to the last", "grew by", ""],
    grown.map(({ what, growth, isFlat }) => [
      what,
      `${(100 * growth).toFixed(1)} %`,
      isFlat ? "flat" : "GROWS",
    ]),
  )}`,
);
process.exit(grown.every(({ isFlat }) => isFlat) ? 0 : 1);
