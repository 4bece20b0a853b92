import { parseArgs } from "node:util";
import { randomFrom } from "./random.ts";
import { chaosRun, type Outcome } from "./run.ts";

// npm run chaos -- --runs 50 [--seed 1]: the story again and again, the worker killed at random moments.
const { values } = parseArgs({
  options: { runs: { type: "string", default: "50" }, seed: { type: "string", default: "1" } },
});
const runs = Number(values.runs);
const random = randomFrom(Number(values.seed));

const undisturbed = await chaosRun([]);
const outcomes: Outcome[] = [];
for (let run = 1; run <= runs; run++) {
  const outcome = await chaosRun([random() * 1_500, random() * 1_500]);
  outcomes.push(outcome);
  if (!isRight(outcome)) console.log(`run ${run}: ${JSON.stringify(outcome)}`);
}

function isRight({ roots, replies, gaps, extraIncidents, resolved, balance }: Outcome): boolean {
  return (
    roots === 1 &&
    replies === 1 &&
    gaps === 0 &&
    extraIncidents === 0 &&
    resolved &&
    balance === undisturbed.balance
  );
}

const count = (is: (outcome: Outcome) => boolean) => outcomes.filter(is).length;
console.log(
  `runs                        ${runs}, kills ${outcomes.reduce((sum, { killedAt }) => sum + killedAt.length, 0)}`,
);
console.log(`incident unsaid             ${count(({ roots }) => roots === 0)}`);
console.log(`root message twice          ${count(({ roots }) => roots > 1)}`);
console.log(`end not said once           ${count(({ replies, resolved }) => replies !== 1 || !resolved)}`);
console.log(`hours unjudged              ${outcomes.reduce((sum, { gaps }) => sum + gaps, 0)}`);
console.log(`incident sums changed       ${count(({ balance }) => balance !== undisturbed.balance)}`);
process.exitCode = outcomes.every(isRight) ? 0 : 1;
