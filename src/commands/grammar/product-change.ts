import { InputError } from "../../errors.ts";
import { scopePrinted, scopeTyped, type TypedScope } from "./event.ts";
import { type Moment, printMoment, readMoment } from "./moment.ts";
import { momentOf } from "./period.ts";
import { shortened } from "./shortened.ts";
import { named, needed, nothingMore, type Syntax, textOf } from "./syntax.ts";
import { inQuotes, type Word } from "./words.ts";

/** What is to be done with product changes. */
export type ProductChangeOrder =
  | { readonly act: "list" }
  | { readonly act: "remove"; readonly change: string }
  | ({
      readonly act: "record";
      readonly name: string;
      /** Left out: now. */
      readonly time?: Moment;
    } & TypedScope);

const removed = named("change", "which product change? See its id in `/tidewatch change list`");

/** The words after `change`: an act, or at once what changed and when. */
export const productChangeOrder: Syntax<ProductChangeOrder> = {
  read([first, ...rest]) {
    const act = first?.isQuoted ? "" : (first?.text.toLowerCase() ?? "list");
    if (act === "list") {
      nothingMore(rest);
      return { act };
    }
    if (act === "remove") return { act, ...removed.read(rest) };
    return recordOf([first!, ...rest]);
  },
  print(order) {
    if (order.act === "list") return ["list"];
    if (order.act === "remove") return ["remove", ...removed.print(order)];
    const { name, time } = order;
    return [inQuotes(name), ...(time ? [printMoment(time)] : []), ...scopePrinted(order)];
  },
};

/** A name, and optionally a time at the end, an app and a workspace. */
function recordOf(words: readonly Word[]): ProductChangeOrder {
  const { plain, ...scope } = scopeTyped(words);
  const setting = plain.find(({ text, isQuoted }) => !isQuoted && /^[a-z-]+:(?!\/\/)\S/i.test(text));
  if (setting)
    throw new InputError(
      `"${shortened(setting.text)}" looks like a setting. To change a watch, type \`/tidewatch edit WATCH …\`. Put a name with a colon in quotes`,
    );
  const begins = timeBeginsAt(plain);
  const name = needed("what changed?", textOf(plain.slice(0, begins))).trim();
  const rest = textOf(plain.slice(begins));
  return { act: "record", name, ...(rest !== "" && { time: momentOf(rest) }), ...scope };
}

/** The index at which the longest time at the end begins. A number, such as that of a version, belongs to the name. */
function timeBeginsAt(words: readonly Word[]): number {
  const lastQuoted = words.findLastIndex(({ isQuoted }) => isQuoted);
  if (lastQuoted >= 0) return lastQuoted + 1;
  for (let i = 1; i < words.length; i++) if (isTime(words.slice(i))) return i;
  return words.length;
}

function isTime(words: readonly Word[]): boolean {
  try {
    return readMoment(textOf(words)) !== undefined;
  } catch (error) {
    // "at 5" is a time that nobody can read, "Android 5" is a name.
    if (!(error instanceof InputError)) throw error;
    return /^(?:at|on|since|by)$/i.test(words[0]!.text);
  }
}
