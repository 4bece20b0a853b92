/** A number from 0 to 2³² − 1 for a text: the same after every restart, evenly scattered (FNV-1a). */
export function fingerprint(text: string): number {
  let hash = 0x811c9dc5;
  for (const char of text) hash = Math.imul(hash ^ char.codePointAt(0)!, 0x01000193) >>> 0;
  return hash;
}

/** A version of an object: the same for equal content, in any order. */
export const versionOf = (thing: unknown): string =>
  fingerprint(JSON.stringify(thing, inOrder) ?? "").toString(36);

const inOrder = (_: string, value: unknown): unknown =>
  typeof value === "object" && value !== null && !Array.isArray(value)
    ? Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)))
    : value;
