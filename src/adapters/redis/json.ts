import type { z } from "zod";

/** Is told of what was found damaged: the key, and what is wrong with it. */
export type Damage = (where: string, what: string) => void;

/** Reads JSON back. What somebody damaged is reported and left out; it must not stop everything else. */
export function readJson<Value>(
  shape: z.ZodType<Value>,
  json: string,
  where: string,
  damage: Damage,
): Value | undefined {
  try {
    const read = shape.safeParse(JSON.parse(json));
    if (read.success) return read.data;
    damage(where, read.error.issues.map(({ path, message }) => `${path.join(".")}: ${message}`).join("; "));
  } catch {
    damage(where, "is no JSON");
  }
  return undefined;
}
