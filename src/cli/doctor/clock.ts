import { request } from "undici";
import type { Clock } from "../../pipeline/ports/clock.ts";
import { SECOND } from "../../time/time.ts";
import { type CheckResult, failed, passed, unknown } from "./result.ts";

/** This machine's clock separates the hours, and Slack's timestamps are compared with it. */
const MOST = 30 * SECOND;
const ANSWER_TIMEOUT = 10 * SECOND;

/**
 * The difference between this machine's clock and that of a server, from the Date header of its response. No key is
 * sent.
 */
export async function checkClock(name: string, url: string, clock: Clock): Promise<CheckResult> {
  const asked = clock();
  const date = await dateOf(url);
  if (date === undefined)
    return unknown(
      `it could not be seen how far the clock is from ${name}'s`,
      `Check that ${new URL(url).host} can be reached.`,
    );
  // A Date header has whole seconds, and the response was made about halfway through the request.
  const skew = (asked + clock()) / 2 - (date + SECOND / 2);
  const seconds = Math.round(Math.abs(skew) / SECOND);
  if (Math.abs(skew) <= MOST) return passed(`the clock agrees with ${name}'s (${seconds} s apart)`);
  return failed(
    `the clock is ${seconds} s ${skew > 0 ? "ahead of" : "behind"} ${name}'s`,
    "Set this machine's clock, and let NTP keep it: hours would be evaluated too early or too late.",
  );
}

async function dateOf(url: string): Promise<number | undefined> {
  try {
    const { headers, body } = await request(url, { signal: AbortSignal.timeout(ANSWER_TIMEOUT) });
    await body.dump();
    const date = Date.parse(String(headers.date));
    return Number.isNaN(date) ? undefined : date;
  } catch {
    return undefined;
  }
}
