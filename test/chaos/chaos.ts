import { optionsOrHelp } from "../../src/cli/command.ts";
import { MINUTE } from "../../src/time/time.ts";
import { figuresOf, isRight } from "./figures.ts";
import { type Area, areas, nameOf, planOf } from "./plan.ts";
import { randomFrom } from "./random.ts";
import { chaosRun, LAST } from "./run.ts";
import { storm } from "./storm.ts";

const USAGE = `npm run chaos -- [--runs 50] [--seed 1] [--only kill,slack] [--minutes 600]
npm run chaos -- --storm 500   so many series fall in one hour
The story again and again while things go wrong, for so many runs or minutes, whichever is over first.
  --only   what may go wrong: ${areas.join(", ")}`;

const { values } = optionsOrHelp(
  {
    options: {
      runs: { type: "string", default: "50" },
      seed: { type: "string", default: "1" },
      storm: { type: "string" },
      minutes: { type: "string", default: "600" },
      only: { type: "string", default: areas.join() },
    },
  },
  USAGE,
);
if (values.storm) {
  console.log(await storm(Number(values.storm)));
  process.exit();
}
const only = values.only.split(",").filter((name): name is Area => areas.some((area) => area === name));
const random = randomFrom(Number(values.seed));
// In one of five runs the bot may not search for its messages, so doubtful posts stay doubtful.
const plans = Array.from({ length: Number(values.runs) }, (_, run) => ({
  mishaps: planOf(only, LAST, random),
  mayRead: run % 5 !== 4,
}));

const undisturbed = await chaosRun({ mishaps: [], mayRead: true });
const begun = performance.now();
const runs = [];
for (const [i, plan] of plans.entries()) {
  if (performance.now() - begun > Number(values.minutes) * MINUTE) break;
  const run = { ...plan, ...(await chaosRun(plan)) };
  runs.push(run);
  if (!isRight(run, undisturbed)) {
    const { mishaps, ...outcome } = run;
    console.log(`run ${i + 1}: ${JSON.stringify(outcome)}`);
    for (const mishap of mishaps) console.log(`  ${nameOf(mishap)} ${JSON.stringify(mishap)}`);
  }
}
console.log(
  `seed ${values.seed}, ${Math.round((performance.now() - begun) / 1_000 / runs.length)} s a run\n`,
);
console.log(figuresOf(runs, undisturbed));
process.exitCode = runs.every((run) => !run.mayRead || isRight(run, undisturbed)) ? 0 : 1;
