import { InputError } from "../../errors.ts";
import { type Period, readSince, sinceAfterName } from "./period.ts";
import { shortened } from "./shortened.ts";
import { namedThen, type Syntax, textOf } from "./syntax.ts";
import { inQuotes } from "./words.ts";

/** Nothing, for all settings; or a watch, perhaps with a range of time or its beginning, for its counts. */
export interface ExportOrder {
  readonly watch?: string;
  readonly period?: Period;
}

const counts = namedThen("watch", "which watch?", sinceAfterName);

export const exportOrder: Syntax<ExportOrder> = {
  read(words) {
    if (words.length === 0) return {};
    const [first] = words;
    if (!first!.isClosed && readSince(textOf(words)))
      throw new InputError(
        `unexpected "${shortened(textOf(words))}". Name the watch whose counts you want before the time`,
      );
    return counts.read(words);
  },
  print: ({ watch, period }) =>
    watch === undefined ? [] : [inQuotes(watch), ...sinceAfterName.print(period ? { period } : {})],
};
