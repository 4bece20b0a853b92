/** A step of a path that goes into each element of a list, or each value of an object. */
export const EACH = "*";

/** Where a row holds its figures: names, one of several names each, or `EACH`. */
export type ValuePath = readonly (string | readonly string[])[];

/**
 * What lies at the end of a path: nothing where a part of it is absent or null.
 * @example partsAt({ messages: { email: [{ sent: 1 }, { sent: 2 }] } }, ["messages", "email", EACH]); // => [{ sent: 1 }, { sent: 2 }]
 */
export function partsAt(value: unknown, [step, ...rest]: ValuePath): readonly unknown[] {
  if (value === undefined || value === null) return [];
  if (step === undefined) return [value];
  // What is no object is something else than was expected, not nothing.
  if (typeof value !== "object") return [value];
  const inside = value as Readonly<Record<string, unknown>>;
  const next =
    step === EACH
      ? Object.values(inside)
      : [step].flat().map((name) => (Object.hasOwn(inside, name) ? inside[name] : undefined));
  return next.flatMap((one) => partsAt(one, rest));
}
