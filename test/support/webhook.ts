import { createHmac } from "node:crypto";

/** A secret for tests, as senders have it. */
export const CHANGES_SECRET = "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw";

/** The headers of a Standard Webhook. @param time in milliseconds */
export function signedHeaders(
  id: string,
  time: number,
  body: string | Buffer,
  secret = CHANGES_SECRET,
): Record<string, string> {
  const timestamp = String(Math.floor(time / 1_000));
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  const signature = createHmac("sha256", key).update(`${id}.${timestamp}.`).update(body).digest("base64");
  return { "webhook-id": id, "webhook-timestamp": timestamp, "webhook-signature": `v1,${signature}` };
}
