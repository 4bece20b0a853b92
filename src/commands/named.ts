import type { Bot } from "../bot.ts";
import { InputError } from "../errors.ts";
import { type Watch, watchTitle } from "../settings/watch.ts";
import { isSameName, nameKey } from "../text/same-name.ts";
import { nearest } from "./grammar/nearest.ts";
import { shortened } from "./grammar/shortened.ts";

/** The watch with this id or name. Throws InputError, with the one probably meant. */
export async function watchNamed(name: string, { watches }: Pick<Bot, "watches">): Promise<Watch> {
  const exact = await watches.byId(name);
  if (exact) return exact;
  const all = await watches.all();
  const found = all.filter((watch) => isSameName(watch.id, name) || isSameName(watchTitle(watch), name));
  if (found.length === 0) found.push(...all.filter((watch) => hasWords(watch, name)));
  if (found.length === 1) return found[0]!;
  if (found.length > 1)
    throw new InputError(
      `several watches are called "${shortened(name)}": ${found.map(({ id }) => `\`${id}\``).join(", ")}`,
    );
  const known = [...all.map(watchTitle), ...all.map(({ id }) => id)];
  const { begin, rest } = knownBegin(name, known);
  if (begin)
    throw new InputError(
      `there is no watch "${shortened(name)}"; there is \`${begin}\`, but "${shortened(rest)}" is neither a time nor a setting`,
    );
  const meant = nearest(name, known);
  throw new InputError(
    `there is no watch "${shortened(name)}"${meant ? `. Did you mean \`${meant}\`?` : ". `/tidewatch list` shows all watches"}`,
  );
}

/**
 * Every watch whose id or title has these words, in their order. Throws InputError when there is none, with the one
 * probably meant.
 */
export async function watchesNamed(typed: string, bot: Pick<Bot, "watches">): Promise<Watch[]> {
  const all = await bot.watches.all();
  const found = all.filter(({ id }) => isSameName(id, typed) || wordsIn(id, typed));
  const titled = all.filter((watch) => !found.includes(watch) && hasWords(watch, typed));
  return found.length + titled.length > 0 ? [...found, ...titled] : [await watchNamed(typed, bot)];
}

/** Whether each of these words is one of a watch's title, in their order: "new users" of "iOS · New users". */
const hasWords = (watch: Watch, typed: string): boolean => wordsIn(watchTitle(watch), typed);

function wordsIn(text: string, typed: string): boolean {
  const words = wordsOf(typed);
  const [left] = wordsOf(text).reduce(
    ([next = "", ...rest], word) => (word === next ? rest : [next, ...rest]),
    words,
  );
  return words.length > 0 && !left;
}

const wordsOf = (text: string): string[] => nameKey(text).match(/[\p{L}\p{N}]+/gu) ?? [];

/**
 * The incident with this id, or the newest of the watch that is named: an open one where there is one. Throws
 * InputError when there is none.
 */
export async function incidentNamed(
  typed: string,
  bot: Pick<Bot, "incidents" | "watches">,
  { isOpen }: { readonly isOpen: boolean },
): Promise<string> {
  if (await bot.incidents.byId(typed)) return typed;
  if (typed.includes("@"))
    throw new InputError(`there is no incident "${shortened(typed)}". See the id at the bottom of its alert`);
  const watch = await watchNamed(typed, bot);
  const incidents = isOpen ? await bot.incidents.live(watch.id) : await bot.incidents.since(watch.id, 0);
  const newest = incidents
    .filter(({ resolvedAt }) => !isOpen || resolvedAt === undefined)
    .toSorted(
      (a, b) =>
        Number(a.resolvedAt !== undefined) - Number(b.resolvedAt !== undefined) || b.openedAt - a.openedAt,
    )[0];
  if (!newest) throw new InputError(`${watch.id} has no ${isOpen ? "open incident" : "incident"}`);
  return newest.id;
}

/** No name has more words. */
const MOST_WORDS = 20;

/** The longest beginning of a text that is a known name, and the words after it. */
function knownBegin(text: string, known: readonly string[]): { begin?: string; rest: string } {
  const names = new Map(known.map((name) => [nameKey(name), name]));
  const words = text.split(" ");
  for (let end = Math.min(words.length - 1, MOST_WORDS); end > 0; end--) {
    const begin = names.get(nameKey(words.slice(0, end).join(" ")));
    if (begin) return { begin, rest: words.slice(end).join(" ") };
  }
  return { rest: "" };
}
