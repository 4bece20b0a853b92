import type { z } from "zod";
import { PermanentError } from "../../../errors.ts";
import { redact } from "../../../redact.ts";

/** The error for a key that holds something Tidewatch did not write. */
export const damaged = (where: string, why: string, remedy: string, cause?: unknown): PermanentError =>
  // A value that was edited by hand may be anything.
  new PermanentError(redact(`Redis holds under ${where} what Tidewatch cannot read: ${why}`), {
    failure: "redis-damaged",
    advice: redact(remedy),
    // Only the message: the error itself holds the command with its data.
    ...(cause !== undefined && { cause: new Error(redact(String(cause))) }),
  });

/** Parses stored JSON. Throws PermanentError naming `where`, and the command that repairs it. */
export function parseStored<T>(schema: z.ZodType<T>, json: string, where: string, remedy: string): T {
  let value: unknown;
  try {
    value = JSON.parse(json);
  } catch (error) {
    throw damaged(where, "it is not JSON", remedy, error);
  }
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  const [issue] = read.error.issues;
  throw damaged(where, `${issue?.path.join(".") || "it"}: ${issue?.message}`, remedy);
}

/** Called for each damaged entry that was left out. */
export type Report = (problem: PermanentError) => void;

/** Applies `read` to each entry; reports and leaves out damaged ones. */
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
