import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { optionsOrHelp } from "../../src/cli/command.ts";
import type { Tally } from "./run.ts";
import type { Way } from "./way.ts";
import { ways } from "./ways.ts";

const USAGE = `npm run fuzz -- [--cases 1000000] [--seed 1] [--only NAME] [--turn N]
Hostile input by every way in: ${ways.map(({ name }) => name).join(", ")}.
  --only, --turn   one case is run again`;

const { values } = optionsOrHelp(
  {
    options: {
      cases: { type: "string", default: "1000000" },
      seed: { type: "string", default: "1" },
      only: { type: "string" },
      turn: { type: "string" },
    },
  },
  USAGE,
);

/** How long one case may take by the clock before it counts as a hang, in milliseconds: every busy machine is quicker. */
const HANGS = 60_000;

const seed = Number(values.seed);
const chosen = ways.filter(({ name }) => !values.only || values.only.split(",").includes(name));
const all = chosen.reduce((sum, { share }) => sum + share, 0);

/** Runs a way in a thread of its own, so that even a loop without end is noticed. */
async function attack(way: Way, [from, to]: readonly [number, number]): Promise<Tally> {
  const turns = new SharedArrayBuffer(4);
  const worker = new Worker(new URL("./worker.ts", import.meta.url), {
    workerData: { name: way.name, seed, from, to, turns },
  });
  const now = new Int32Array(turns);
  let [last, since] = [-1, performance.now()];
  const watch = setInterval(() => {
    const turn = Atomics.load(now, 0);
    if (turn !== last) [last, since] = [turn, performance.now()];
    else if (performance.now() - since > HANGS) worker.emit("error", new Error(`case ${turn} hangs`));
  }, 1_000);
  try {
    const [tally] = (await once(worker, "message")) as [Tally];
    return tally;
  } catch (error) {
    const turn = Atomics.load(now, 0);
    return { cases: turn + 1 - from, refused: 0, found: [{ turn, what: String((error as Error).stack) }] };
  } finally {
    clearInterval(watch);
    await worker.terminate();
  }
}

let [cases, broken] = [0, 0];
const begun = performance.now();
console.log(
  "| way in | what comes in | cases | refused | found | seconds |\n| --- | --- | --: | --: | --: | --: |",
);
for (const way of chosen) {
  const since = performance.now();
  const wanted = Math.max(1, Math.round((Number(values.cases) * way.share) / all));
  const range = values.turn
    ? ([Number(values.turn), Number(values.turn) + 1] as const)
    : ([0, wanted] as const);
  const tally = await attack(way, range);
  const seconds = Math.round((performance.now() - since) / 1_000);
  console.log(
    `| ${way.name} | ${way.what} | ${tally.cases.toLocaleString("en")} | ${tally.refused.toLocaleString("en")} | ${tally.found.length} | ${seconds} |`,
  );
  for (const { turn, what } of tally.found.slice(0, 5)) {
    console.log(`\n  npm run fuzz -- --only ${way.name} --seed ${seed} --turn ${turn}\n  ${what}\n`);
  }
  cases += tally.cases;
  broken += tally.found.length;
}
const seconds = Math.round((performance.now() - begun) / 1_000);
console.log(
  `\nseed ${seed}: ${cases.toLocaleString("en")} cases in ${seconds} s, ${broken} of them broke something`,
);
process.exitCode = broken === 0 ? 0 : 1;
