import { WebAPIPlatformError } from "@slack/web-api";
import { request } from "undici";
import { SECOND } from "../../src/time/time.ts";

const ANSWER_WITHIN = 10 * SECOND;
/** Slack's reason for a refusal is a word or two. */
const LONGEST_REASON = 10_000;

/**
 * Posts to a `response_url`. Throws the error of Slack's Web API client when Slack names a reason, because Bolt's own
 * method keeps only the status.
 */
export async function respondTo(url: string, body: Readonly<Record<string, unknown>>): Promise<void> {
  const response = await request(url, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify(body),
    signal: AbortSignal.timeout(ANSWER_WITHIN),
  });
  const error = reasonIn(await shortTextOf(response.body));
  // An error of the address (expired_url, used_url) does not concern the message.
  if (error && !error.endsWith("_url")) throw new WebAPIPlatformError({ ok: false, error });
  if (error || response.statusCode !== 200) throw new Error(`Slack answered ${error ?? response.statusCode}`);
}

async function shortTextOf(body: AsyncIterable<Buffer>): Promise<string> {
  let text = "";
  for await (const piece of body) {
    text += piece.toString();
    if (text.length > LONGEST_REASON) break;
  }
  return text;
}

/** The reason is JSON, even with status 200, or a bare word. */
function reasonIn(text: string): string | undefined {
  if (/^[a-z]+_[a-z_]{1,78}$/.test(text)) return text;
  try {
    const { ok, error } = JSON.parse(text) as { ok?: unknown; error?: unknown };
    return ok === false && typeof error === "string" ? error : undefined;
  } catch {
    return undefined;
  }
}
