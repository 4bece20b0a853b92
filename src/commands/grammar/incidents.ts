import type { Label } from "../../incidents/label.ts";
import { labelNamed } from "./label.ts";
import { type Period, printPeriod, readSince, sinceAfterName } from "./period.ts";
import { MOST_WORDS, type Syntax, textOf } from "./syntax.ts";
import { inQuotes, type Word } from "./words.ts";

/** Which incidents are asked for; all of the usual time where nothing is named. */
export interface IncidentSearch {
  /** Words of the id or title of their watches. */
  readonly words?: string;
  /** Their label, or that they have none. */
  readonly label?: Label | "none";
  readonly period?: Period;
}

const NOT_LABELED = /^(?:(?:not|un)[ -]?label+ed|(?:no|without)[ -](?:a[ -])?label)$/i;

const searchedLabel = (words: readonly Word[]): Label | "none" | undefined => {
  const text = textOf(words);
  return NOT_LABELED.test(text.trim()) ? "none" : labelNamed(text);
};

/** Words, then a label, then a range of time or only its beginning; each may be left out. What is in quotes is words. */
export const incidentSearch: Syntax<IncidentSearch> = {
  read(all) {
    const start = all[0]?.isClosed ? 1 : 0;
    const end = periodBegins(all, start);
    const named = all.slice(0, end);
    const label = labelBegins(named, start);
    const words = textOf(named.slice(0, label)).trim();
    const found = label < named.length ? searchedLabel(named.slice(label)) : undefined;
    return {
      ...(words !== "" && { words }),
      ...(found && { label: found }),
      ...sinceAfterName.read(all.slice(end)),
    };
  },
  print: ({ words, label, period }) => [
    ...(words === undefined ? [] : [inQuotes(words)]),
    ...(label === undefined ? [] : [label === "none" ? "not labeled" : label]),
    ...(period ? [printPeriod(period)] : []),
  ],
};

/** Where the longest time begins that these words end with: "iOS 5" has none. */
function periodBegins(words: readonly Word[], start: number): number {
  const first = Math.max(start, words.length - MOST_WORDS);
  const found = words.findIndex((_, i) => i >= first && readSince(textOf(words.slice(i))));
  return found < 0 ? words.length : found;
}

/** Where the longest label begins that these words end with. */
function labelBegins(words: readonly Word[], start: number): number {
  const found = words.findIndex((_, i) => i >= start && searchedLabel(words.slice(i)) !== undefined);
  return found < 0 ? words.length : found;
}
