import { parentPort, workerData } from "node:worker_threads";
import { runWay } from "./run.ts";
import { ways } from "./ways.ts";

const { name, seed, from, to, turns } = workerData as {
  name: string;
  seed: number;
  from: number;
  to: number;
  turns: SharedArrayBuffer;
};
const now = new Int32Array(turns);
// What nobody awaited is a crash as well.
const escaped: string[] = [];
process.on("unhandledRejection", (error) =>
  escaped.push(String(error instanceof Error ? error.stack : error)),
);

const way = ways.find((other) => other.name === name)!;
const tally = await runWay(way, seed, [from, to], (turn) => Atomics.store(now, 0, turn));
parentPort?.postMessage({
  ...tally,
  found: [...tally.found, ...escaped.map((what) => ({ turn: -1, what: `unhandled: ${what}` }))],
});
