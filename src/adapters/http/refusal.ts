import type { IncomingHttpHeaders } from "node:http";
import { PermanentError, TransientError } from "../../errors.ts";
import { redact } from "../../redact.ts";
import { HOUR, MINUTE, SECOND } from "../../time/time.ts";

/** How much of an answer is quoted. */
const QUOTED = 200;

/** The error for an answer that is no success. */
export function refusalOf(
  status: number,
  headers: IncomingHttpHeaders,
  body: string,
  called: string,
): PermanentError | TransientError {
  const quote = redact(body).replace(/\s+/g, " ").trim().slice(0, QUOTED);
  const what = `${called} answered with HTTP ${status}${quote ? `: ${quote}` : ""}`;
  if (status === 429 || ((status === 503 || status === 529) && headers["retry-after"] !== undefined))
    return new TransientError(what, {
      failure: "destination-rate-limit",
      advice: "Nothing to do: Tidewatch waits as long as it was asked to.",
      retryAfter: retryAfterOf(headers["retry-after"]),
    });
  if (status >= 500 || status === 408 || status === 425)
    return new TransientError(what, {
      failure: "destination-unsure",
      advice: "It has a fault of its own; Tidewatch keeps trying.",
    });
  if (status >= 300 && status < 400)
    return new PermanentError(`${what}: Tidewatch follows no redirect`, {
      failure: "destination-refuses",
      advice: "Set the address to which it redirects, if you trust it.",
    });
  return new PermanentError(what, {
    failure: "destination-refuses",
    advice:
      status === 401 || status === 403
        ? "Check its key in DESTINATIONS."
        : "Check its settings in DESTINATIONS; `npm run doctor` checks each destination.",
  });
}

/** In milliseconds: a number of seconds, or a date. */
/** The wait that an answer asks for. A longer one than an hour is a mistake, and would keep alerts back. */
function retryAfterOf(header: string | undefined): number {
  if (header === undefined) return MINUTE;
  const seconds = /^\d+$/.test(header.trim()) ? Number(header) * SECOND : Date.parse(header) - Date.now();
  return Number.isFinite(seconds) ? Math.min(Math.max(seconds, SECOND), HOUR) : MINUTE;
}
