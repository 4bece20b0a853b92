import { createHmac } from "node:crypto";
import { type Instant, SECOND } from "../../../src/time/time.ts";

/** The headers by which Slack proves that a request is its own. */
export function signed(body: string, secret: string, at: Instant): Record<string, string> {
  const timestamp = String(Math.floor(at / SECOND));
  const signature = createHmac("sha256", secret).update(`v0:${timestamp}:${body}`).digest("hex");
  return { "x-slack-request-timestamp": timestamp, "x-slack-signature": `v0=${signature}` };
}
