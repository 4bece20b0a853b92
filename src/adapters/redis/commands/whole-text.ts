import type { Redis } from "ioredis";
import { scriptOfBytes } from "./script.ts";

/** Stands between two texts: JSON writes control characters otherwise, and no id has one. */
const BETWEEN = "\u001f";

/** KEYS: hash. Returns how many texts it has, and all of them in one. */
const readHash = scriptOfBytes(`
local all = redis.call('HGETALL', KEYS[1])
return { #all, table.concat(all, '\\31') }
`);

/** The same of its names alone. */
const readNames = scriptOfBytes(`
local all = redis.call('HKEYS', KEYS[1])
return { #all, table.concat(all, '\\31') }
`);

/**
 * Reads a hash of thousands of entries and makes something of it, anew only if its bytes have changed since the last
 * call. Redis sends it as one text: to read thousands of small ones takes ten times longer.
 * @param make receives names and texts in turn
 */
export const whenChanged = <Made>(
  redis: Redis,
  key: string,
  make: (texts: readonly string[]) => { readonly made: Made; readonly isKept: boolean },
): (() => Promise<Made>) => madeFrom(redis, key, readHash, "HGETALL", make);

/** The same for the names of a hash. */
export const whenNamesChanged = <Made>(
  redis: Redis,
  key: string,
  make: (names: readonly string[]) => Made,
): (() => Promise<Made>) =>
  madeFrom(redis, key, readNames, "HKEYS", (names) => ({ made: make(names), isKept: true }));

function madeFrom<Made>(
  redis: Redis,
  key: string,
  read: ReturnType<typeof scriptOfBytes>,
  plainly: "HGETALL" | "HKEYS",
  make: (texts: readonly string[]) => { readonly made: Made; readonly isKept: boolean },
): () => Promise<Made> {
  let last: { readonly bytes: Buffer; readonly made: Made } | undefined;
  return async () => {
    const [count, bytes] = (await read(redis, [key], [])) as [number, Buffer];
    if (last?.bytes.equals(bytes)) return last.made;
    const texts = count === 0 ? [] : bytes.toString().split(BETWEEN);
    // Somebody has written the separator into an entry by hand.
    const isWhole = texts.length === count;
    const { made, isKept } = make(isWhole ? texts : ((await redis.call(plainly, key)) as string[]));
    last = isWhole && isKept ? { bytes, made } : undefined;
    return made;
  };
}

/** A text of its own: a part of a long one would keep all of that in memory. */
export const ownText = (part: string): string => Buffer.from(part).toString();
