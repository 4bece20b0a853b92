import { createHmac, timingSafeEqual } from "node:crypto";
import type { IncomingHttpHeaders } from "node:http";
import { type Instant, MINUTE, SECOND } from "../../src/time/time.ts";

/** The accepted difference between a request's time and this machine's clock. */
const TOLERANCE = 5 * MINUTE;

/** No sender has more: one signature for each key while it changes its key. */
const MOST_SIGNATURES = 20;

/** What the headers of a Standard Webhook say: https://github.com/standard-webhooks/standard-webhooks. */
interface Signed {
  readonly id: string;
  /** In seconds, as it was sent and signed. */
  readonly timestamp: string;
  readonly signatures: readonly string[];
}

/** Why the headers cannot be those of a request that was signed just now; the same headers in parts when they can. */
export function signedIn(headers: IncomingHttpHeaders, now: Instant): Signed | string {
  const [id = "", timestamp = "", signature = ""] = ["id", "timestamp", "signature"].map((part) =>
    String(headers[`webhook-${part}`] ?? ""),
  );
  const signatures = signature
    .split(" ", MOST_SIGNATURES)
    .flatMap((one) => (/^v1,[A-Za-z0-9+/]{43}=$/.test(one) ? [one.slice("v1,".length)] : []));
  // A dot would divide the signed text elsewhere.
  if (!/^[\x21-\x2d\x2f-\x7e]{1,256}$/.test(id)) return "the header webhook-id must hold 1 to 256 characters";
  if (!/^\d{1,12}$/.test(timestamp)) return "the header webhook-timestamp must hold seconds since 1970";
  if (signatures.length === 0) return "the header webhook-signature must hold a signature such as v1,…";
  if (Math.abs(now - Number(timestamp) * SECOND) > TOLERANCE)
    return "the header webhook-timestamp is more than five minutes from now. Sign each attempt, and check the clock";
  return { id, timestamp, signatures };
}

/** Whether one of the signatures is that of this body with the secret `whsec_…`. */
export function isSigned({ id, timestamp, signatures }: Signed, body: Buffer, secret: string): boolean {
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const right = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest();
  return signatures.some((one) => timingSafeEqual(Buffer.from(one, "base64"), right));
}
