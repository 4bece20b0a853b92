import { InputError } from "../../errors.ts";
import { type ReviewDeps, review } from "../../pipeline/reports/weekly-review.ts";
import { lastWeek } from "../../reports/review-due.ts";
import { type Review, totalOf } from "../../reports/weekly-review.ts";
import { suggestionInWords, totalInWords, watchInWords } from "../../text/weekly-review.ts";
import { instantOf, minuteName } from "../instant.ts";
import type { Typist } from "./mutes.ts";
import type { WatchValues } from "./options.ts";

/** `review [--channel ID] [--from …] [--to …]`: the review of the last seven full days, or of another period. */
export async function reviewCommand(
  values: WatchValues,
  { now, zone }: Typist,
  deps: ReviewDeps,
): Promise<string> {
  const week = lastWeek(now, zone);
  const past = { now, zone, toward: "past" } as const;
  const from = values.from ? instantOf(values.from, past) : week.from;
  const to = values.to ? instantOf(values.to, past) : values.from ? now : week.to;
  if (from >= to) throw new InputError("--from is not before --to");
  return reviewLines(await review({ from, to }, deps, values.channel)).join("\n");
}

/** A review as lines: the sum, then each watch with its suggestions. */
export function reviewLines({ period, watches, changes }: Review): string[] {
  if (watches.length === 0) return ["there were no watches in this time"];
  return [
    `${minuteName(period.from)} to ${minuteName(period.to)}`,
    ...totalInWords(totalOf(watches), changes).map((fact) => `  ${fact}`),
    ...watches.flatMap((watch) => [
      `${watch.watchId}  ${watchInWords(watch)}`,
      ...(watch.suggestion ? [`    ${suggestionInWords(watch.suggestion)}`] : []),
    ]),
  ];
}
