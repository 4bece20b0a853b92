import { PermanentError } from "../../errors.ts";
import { type Endpoint, needsOf } from "../../metrics/endpoints.ts";
import type { Pool } from "../../metrics/metric.ts";
import type { Clock } from "../../pipeline/ports/clock.ts";
import { keepSecret } from "../../redact.ts";
import { type Answer, failureOf } from "./answers/failure.ts";
import { checkEndpoint } from "./endpoint.ts";
import { brazeHttp, defaultTimeouts, type Timeouts } from "./http.ts";
import { brazeQuota, type Quota } from "./quota.ts";

/** One Braze workspace, and how it is read. */
export interface BrazeOptions {
  /** The configured name of the workspace. */
  readonly name: string;
  /** The REST endpoint of its instance; https, except on loopback. */
  readonly endpoint: string;
  /**
   * A REST API key with the permissions of what is read, or a function that returns it for each request; given a
   * key that was `refused`, it may return a newer one.
   */
  readonly apiKey: string | ((refused?: string) => string);
  /** IANA zone in which times without a zone are read. @default "UTC" */
  readonly naiveZone?: string;
  /** IANA zone of the workspace's users. @default "UTC" */
  readonly zone?: string;
  /** IANA zone of the company, by whose clock Braze counts days, or how to look it up. @default zone */
  readonly companyZone?: string | (() => Promise<string | undefined>);
  /** The share of the hourly quota left to the workspace's own sends. @default 0.2 */
  readonly quotaReserve?: number;
  /** What is known of the quota. @default what this connection's own answers say */
  readonly quota?: Quota;
  /**
   * The meaning of an hour that an answer omits between others: "zero" for companies whose Braze omits empty hours.
   * @default "unknown"
   */
  readonly emptyHours?: "unknown" | "zero";
  /** @default Date.now */
  readonly clock?: Clock;
  /** @default 10 s to connect, 30 s for headers, 15 s between pieces, 60 s in all */
  readonly timeouts?: Partial<Timeouts>;
  /** Called with every answer. */
  readonly onAnswer?: (answer: SeenAnswer) => void;
}

/** An answer of Braze without its body. */
export type SeenAnswer = Pick<Answer, "status" | "headers"> & { readonly pool: Pool };

/** Asks a workspace once, and returns the body of a success; never retries, since the queue does. */
export type GetBraze = (path: Endpoint, query: Readonly<Record<string, string>>) => Promise<string>;

/** One connection to a workspace, with its share of the quota. Throws PermanentError for a bad address. */
export function brazeConnection(options: BrazeOptions): GetBraze {
  const { endpoint, apiKey, clock = Date.now, quotaReserve = 0.2 } = options;
  refuseBadEndpoint(endpoint);
  const fetch = brazeHttp({ ...defaultTimeouts, ...options.timeouts });
  const quota = options.quota ?? brazeQuota(quotaReserve);

  async function ask(url: URL, key: string, pool: Pool): Promise<Answer> {
    await quota.check(pool, clock());
    keepSecret(key);
    const answer = await fetch(url, key);
    await quota.learn(pool, answer.headers, clock());
    options.onAnswer?.({ ...answer, pool });
    return answer;
  }

  return async (path, query) => {
    const url = new URL(path, endpoint);
    url.search = queryText(query);
    const keyNow = typeof apiKey === "string" ? () => apiKey : apiKey;
    const key = keyNow();
    const { pool } = needsOf(path);
    let answer = await ask(url, key, pool);
    // The key may have been replaced a moment ago.
    const other = answer.status === 401 ? keyNow(key) : key;
    if (other !== key) answer = await ask(url, other, pool);
    if (answer.status < 200 || answer.status > 299 || answer.status === 202) {
      throw failureOf(answer, { endpoint, path }, clock());
    }
    return answer.body;
  };
}

// A blank as %20, which every server reads as one; a plus sign is a letter to some.
const queryText = (query: Readonly<Record<string, string>>): string =>
  Object.entries(query)
    .map((pair) => pair.map(encodeURIComponent).join("="))
    .join("&");

function refuseBadEndpoint(endpoint: string): void {
  const problems = checkEndpoint(endpoint);
  if (problems.length === 0) return;
  throw new PermanentError(`the REST endpoint of Braze ${problems.join(", and ")}`, {
    failure: "braze-wrong-url",
    advice: "Set BRAZE_REST_ENDPOINT to the REST endpoint of your Braze instance.",
  });
}
