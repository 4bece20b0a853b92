import type { Outcome } from "./outcome.ts";
import { type Mishap, nameOf } from "./plan.ts";

/** One run: what went wrong, and what came of it. */
export interface Run extends Outcome {
  readonly mishaps: readonly Mishap[];
  readonly mayRead: boolean;
}

/** What a run did not end with as if nothing had gone wrong, and how often. */
export const faultsIn = (run: Outcome, undisturbed: Outcome): string[] =>
  faults(undisturbed).flatMap(([name, count]) => (count(run) === 0 ? [] : [`${name}: ${count(run)}`]));

export const isRight = (run: Outcome, undisturbed: Outcome): boolean =>
  faultsIn(run, undisturbed).length === 0;

/**
 * By what part sums may differ: a series whose history was lost is learned anew from the hours that Braze still has in
 * reach, without the few older ones that the former state had seen. 0.2 % was seen.
 */
const RELEARNED = 0.01;

const faults = ({ balance }: Outcome): [name: string, count: (run: Outcome) => number][] => [
  ["came to a standstill", ({ stuck }) => Number(stuck !== undefined)],
  ["incident not posted", ({ roots }) => Number(roots === 0)],
  ["root messages too many", ({ roots }) => Math.max(0, roots - 1)],
  ["end not posted", ({ ends, isEndNotified }) => Number(ends === 0 || !isEndNotified)],
  ["end posted twice", ({ ends }) => Math.max(0, ends - 1)],
  ["destinations that called nobody", ({ uncalled }) => uncalled],
  ["calls too many", ({ calledAgain }) => calledAgain],
  ["alerts left open elsewhere", ({ leftOpen }) => leftOpen],
  ["other replies too many", ({ others }) => others],
  ["hours not evaluated", ({ notEvaluated }) => notEvaluated],
  ["incidents too many", ({ extraIncidents }) => Math.abs(extraIncidents)],
  ["incident sums changed", (run) => Number(Math.abs(run.balance - balance) > RELEARNED * Math.abs(balance))],
  ["left in the outbox", ({ pending }) => pending],
  ["messages posted twice, in all channels", ({ duplicates }) => duplicates],
  ["settings that are not as the change log says", ({ unnoted }) => unnoted],
  ["changes done by their person's account, and not noted", ({ forgotten }) => forgotten],
  ["changes noted twice", ({ notedTwice }) => notedTwice],
  ["changes unannounced", ({ unannounced }) => unannounced],
  ["changes that failed", ({ failures }) => failures.length],
  ["left in Redis of a removed watch", ({ leftBehind }) => leftBehind],
  ["hours of history not restored", ({ missingHours }) => missingHours],
  ["held up by the other workspace", ({ heldUp }) => heldUp],
  ["secrets in Redis or the log", ({ secrets }) => secrets],
];

/** The figures of all runs as two tables: what went wrong, and what came of it. */
export function figuresOf(runs: readonly Run[], undisturbed: Outcome): string {
  const [reading, blind] = [true, false].map((mayRead) => runs.filter((run) => run.mayRead === mayRead));
  const mishaps = runs.flatMap((run) => run.mishaps.map(nameOf));
  const happened = [...new Set(mishaps)]
    .sort()
    .map((name): Row => [name, mishaps.filter((one) => one === name).length]);
  const both = (name: string, count: (run: Outcome) => number): Row => [
    name,
    sum(reading!.map(count)),
    sum(blind!.map(count)),
  ];
  return [
    table(["what went wrong", "times"], happened),
    table(
      ["what came of it", "may read the channel", "may not"],
      [
        ["runs", reading!.length, blind!.length],
        both("posts of which the bot could not know", ({ unsure }) => unsure),
        both("the worker's commands to Redis that were cut", ({ cuts }) => cuts),
        both("changes made", ({ changes }) => changes),
        both("queues restored, by the log", ({ restored }) => restored),
        ...faults(undisturbed).map(([name, count]) => both(name, count)),
      ],
    ),
  ].join("\n\n");
}

type Row = readonly [string, ...number[]];

/** A Markdown table. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const rule = head.map((_, i) => (i === 0 ? "---" : "--:"));
  return [head, rule, ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
