import { HOUR, MINUTE } from "../../time/time.ts";
import type { Context } from "../context.ts";

/** A list and when it was read. */
export interface KeptList<Item> {
  readonly at: number;
  readonly items: readonly Item[];
}

/** A list that is read from Braze and kept. */
export interface FreshListOptions<Key, Item> extends Pick<Context, "clock"> {
  /** Reads the whole list from Braze. */
  read(key: Key): Promise<Item[]>;
  known(key: Key): Promise<KeptList<Item> | undefined>;
  keep(key: Key, list: KeptList<Item>): Promise<void>;
  nameOf(key: Key): string;
  /** How long a list is used without asking Braze. */
  readonly freshFor: number;
}

/** How long an old list is better than none while Braze fails. */
const USEFUL_FOR = 24 * HOUR;

/** How long after a refusal Braze is not asked again. */
const REFUSED_FOR = MINUTE;

/** Lists what Braze has from a cache; if Braze fails, from at most a day ago. Who asks at once shares one reading. */
export function freshList<Key, Item>({
  read,
  known: readKept,
  keep,
  nameOf,
  freshFor,
  clock,
}: FreshListOptions<Key, Item>): (key: Key, atMost?: number) => Promise<Item[]> {
  const refusals = new Map<string, { readonly error: unknown; readonly at: number }>();
  const pending = new Map<string, Promise<Item[]>>();

  async function afresh(key: Key): Promise<Item[]> {
    const name = nameOf(key);
    const refused = refusals.get(name);
    if (refused && clock() - refused.at < REFUSED_FOR) throw refused.error;
    try {
      const items = await read(key);
      await keep(key, { at: clock(), items });
      refusals.delete(name);
      return items;
    } catch (error) {
      if (!refused || error !== refused.error) refusals.set(name, { error, at: clock() });
      throw error;
    }
  }

  // Hundreds of series may fall in the same minute of the night, and each of them needs the list.
  function shared(key: Key): Promise<Item[]> {
    const name = nameOf(key);
    const reading = pending.get(name) ?? afresh(key).finally(() => pending.delete(name));
    pending.set(name, reading);
    return reading;
  }

  return async (key, atMost = freshFor) => {
    const known = await readKept(key);
    const age = known ? clock() - known.at : Number.POSITIVE_INFINITY;
    if (known && age < Math.min(freshFor, atMost)) return [...known.items];
    try {
      return [...(await shared(key))];
    } catch (error) {
      if (known && age < Math.max(USEFUL_FOR, freshFor)) return [...known.items];
      throw error;
    }
  };
}
