import type { z } from "zod";
import { PermanentError } from "../../../errors.ts";
import { redact } from "../../../redact.ts";

/** What stands under a key is not what Tidewatch writes there. */
export const damaged = (where: string, why: string, remedy: string, cause?: unknown): PermanentError =>
  // What somebody wrote there by hand may be anything.
  new PermanentError(redact(`Redis holds under ${where} what Tidewatch cannot read: ${why}`), {
    failure: "redis-damaged",
    advice: redact(remedy),
    // Only its words: the error itself holds the command, with all it was to write.
    ...(cause !== undefined && { cause: new Error(redact(String(cause))) }),
  });

/** Reads stored JSON back. Throws PermanentError naming `where`, and the command that mends it. */
export function parseStored<T>(schema: z.ZodType<T>, json: string, where: string, remedy: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw damaged(where, "it is no JSON", remedy, error);
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw damaged(where, `${issue?.path.join(".") || "it"}: ${issue?.message}`, remedy);
}

/** Told of an entry that is damaged and was left out. */
export type Report = (problem: PermanentError) => void;

/** What `read` makes of each entry; those that are damaged are reported and left out, and the rest goes on. */
export function readEach<In, Out>(entries: Iterable<In>, read: (entry: In) => Out, report: Report): Out[] {
  const whole: Out[] = [];
  for (const entry of entries) {
    try {
      whole.push(read(entry));
    } catch (error) {
      if (!(error instanceof PermanentError)) throw error;
      report(error);
    }
  }
  return whole;
}
