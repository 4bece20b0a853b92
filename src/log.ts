import { type Logger, pino } from "pino";
import { printable } from "./printable.ts";
import { redact } from "./redact.ts";

/** Writes one JSON line: an event name such as `collect.done`, and fields. */
export type Log = Pick<Logger, "info" | "warn" | "error" | "debug" | "child">;

/** A JSON logger on standard output. It redacts every finished line and escapes all that a terminal would obey. */
export function createLog(
  level: string,
  destination: { write(line: string): unknown } = process.stdout,
): Log {
  return pino(
    { level, base: null, messageKey: "event", timestamp: pino.stdTimeFunctions.isoTime },
    { write: (line: string) => destination.write(printable(redact(line))) },
  );
}
