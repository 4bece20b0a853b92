import { request } from "undici";
import type { Heartbeat } from "../../pipeline/ports/ops.ts";
import { redact } from "../../redact.ts";
import { type Instant, SECOND } from "../../time/time.ts";

export interface HeartbeatOptions {
  /** Secret: whoever knows it can pretend that all is well. */
  readonly url: string;
  readonly clock: () => Instant;
  /** How long an answer may take, in milliseconds. @default 10_000 */
  readonly timeout?: number;
}

/** Less than a minute: a tick that comes a little early must not skip a call. */
const NOT_BEFORE = 50 * SECOND;

/** Calls a dead man's switch, once a minute at most. */
export function urlHeartbeat({ url, clock, timeout = 10_000 }: HeartbeatOptions): Heartbeat {
  let last: Instant | undefined;
  return async () => {
    const now = clock();
    if (last !== undefined && now - last < NOT_BEFORE) return undefined;
    last = now;
    try {
      const { statusCode, body } = await request(url, { signal: AbortSignal.timeout(timeout) });
      await body.dump();
      return statusCode < 300 ? {} : { failed: `HTTP ${statusCode}` };
    } catch (error) {
      // Nothing depends on the answer: a missing call triggers the outside alert.
      return { failed: redact(error instanceof Error ? error.message || error.name : String(error)) };
    }
  };
}
