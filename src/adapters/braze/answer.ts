import { z } from "zod";
import { MOST_SESSIONS } from "../../core/series.ts";
import { PermanentError, TransientError } from "../../errors.ts";
import { redact } from "../../redact.ts";

const row = z.object({ time: z.string(), sessions: z.int().nonnegative().max(MOST_SESSIONS) });

/** One bucket as Braze writes it. */
export type Row = z.infer<typeof row>;

/** The rows of a 2xx answer. Anything but "success" with an array of rows is an error, never "no sessions". */
export const rowsOf = (body: string): Row[] => listOf(body, "data", row);

/** What a 2xx answer lists under a name. Throws TransientError where it is no success, and PermanentError where it is not what it should be. */
export function listOf<Item>(body: string, name: string, item: z.ZodType<Item>): Item[] {
  const answer = jsonOf(body);
  const list = isObject(answer) && answer.message === "success" ? answer[name] : undefined;
  if (!Array.isArray(list))
    throw new TransientError(`Braze answered without success: ${excerpt(body)}`, noSuccess);
  const read = z.object({ [name]: z.array(item) }).safeParse({ [name]: list });
  if (read.success) return read.data[name]!;
  const [issue] = read.error.issues;
  throw new PermanentError(
    `Braze answered with rows that cannot be read (${issue?.path.join(".")}: ${issue?.message})`,
    { trouble: "braze-bad-answer", advice: "Report this line to the maintainers of Tidewatch." },
  );
}

/** What an answer says, in one short line fit for logs: no key, no HTML. */
export function excerpt(body: string): string {
  if (/^\s*</.test(body)) return "a page of HTML";
  const parsed = tryJson(body);
  const text = isObject(parsed)
    ? [parsed.message, parsed.errors].flat().filter(Boolean).map(worded).join("; ")
    : body;
  // Redacted before it is cut: half a key is a key's half too many.
  return (
    redact(text || body)
      .replace(/\s+/g, " ")
      .trim()
      .slice(0, 200) || "an empty body"
  );
}

const noSuccess = {
  trouble: "braze-bad-answer",
  advice: "Nothing to do if it passes: Tidewatch asks again. If it stays, look at Braze's status page.",
} as const;

function jsonOf(body: string): unknown {
  const parsed = tryJson(body);
  if (parsed !== undefined) return parsed;
  throw new TransientError(`Braze answered with what is not whole JSON: ${excerpt(body)}`, {
    trouble: "braze-bad-answer",
    advice:
      "Nothing to do if it passes: Tidewatch asks again. If it stays, check that the address is a REST endpoint of Braze and that no proxy answers in its place.",
  });
}

function tryJson(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return undefined;
  }
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null;

// `errors` holds strings or objects.
const worded = (part: unknown): string => (typeof part === "string" ? part : JSON.stringify(part));
