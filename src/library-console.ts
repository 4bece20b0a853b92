import { format } from "node:util";
import type { Log } from "./log.ts";

const WAYS = ["debug", "log", "info", "warn", "error"] as const;

/**
 * Whatever libraries write to the console goes into the log from now on, each line with the event `library.warned`: the
 * Redis client, for one, writes there when its user may not run INFO. Answers how to undo it.
 */
export function takeConsole(log: Pick<Log, "warn">): () => void {
  const before = WAYS.map((way) => console[way]);
  for (const way of WAYS)
    console[way] = (...words: unknown[]) => log.warn({ warning: format(...words) }, "library.warned");
  return () =>
    WAYS.forEach((way, i) => {
      console[way] = before[i]!;
    });
}
