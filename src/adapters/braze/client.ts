import { type SeriesRef, seriesId } from "../../core/series.ts";
import type { Instant } from "../../core/time.ts";
import { PermanentError } from "../../errors.ts";
import type { Clock } from "../../pipeline/ports/clock.ts";
import { keepSecret } from "../../redact.ts";
import { type Row, rowsOf } from "./answer.ts";
import { checkEndpoint } from "./endpoint.ts";
import { type Answer, failureOf } from "./failure.ts";
import { brazeHttp, defaultTimeouts, type Timeouts } from "./http.ts";
import { brazeQuota } from "./quota.ts";

/** One Braze workspace, and how it is read. */
export interface BrazeOptions {
  /** The configured name of the workspace. */
  readonly name: string;
  /** The REST endpoint of its instance; https, except on loopback. */
  readonly endpoint: string;
  /** A REST API key with the permission sessions.data_series, or where to read it afresh for each request. */
  readonly apiKey: string | (() => string);
  /** IANA zone in which times without a zone are read. @default "UTC" */
  readonly naiveZone?: string;
  /** IANA zone by whose clock Braze counts days. @default "UTC" */
  readonly zone?: string;
  /** The share of the hourly quota that is left to the workspace's own sends. @default 0.2 */
  readonly quotaReserve?: number;
  /**
   * What an hour means that an answer leaves out between hours it tells: "zero" for companies whose Braze leaves
   * empty hours out. @default "unknown"
   */
  readonly emptyHours?: "unknown" | "zero";
  /** @default Date.now */
  readonly clock?: Clock;
  /** @default 10 s to connect, 30 s for headers, 15 s between pieces, 60 s in all */
  readonly timeouts?: Partial<Timeouts>;
  /** Told of every answer, whatever it says. */
  readonly onAnswer?: (answer: Pick<Answer, "status" | "headers">) => void;
}

/** One request's worth of a series: `length` buckets up to the one `endingAt` lies in. */
export interface Window {
  readonly endingAt: Instant;
  /** 1 to 100. */
  readonly length: number;
}

/** Asks Braze once; never retries, since that is the queue's business. */
export type AskBraze = (series: SeriesRef, window: Window) => Promise<Row[]>;

/** One client of a workspace: its connections and its share of the quota. Throws PermanentError for a bad address. */
export function brazeClient(options: BrazeOptions): AskBraze {
  const { name, endpoint, apiKey, clock = Date.now, quotaReserve = 0.2 } = options;
  refuseBadEndpoint(endpoint);
  const fetch = brazeHttp({ ...defaultTimeouts, ...options.timeouts });
  const quota = brazeQuota(quotaReserve);
  return async (series, window) => {
    refuseStranger(series, name);
    quota.check(clock());
    const key = typeof apiKey === "string" ? apiKey : apiKey();
    keepSecret(key);
    const answer = await fetch(urlOf(endpoint, series, window), key);
    quota.learn(answer.headers, clock());
    options.onAnswer?.(answer);
    if (answer.status < 200 || answer.status > 299 || answer.status === 202) {
      throw failureOf(answer, endpoint, clock());
    }
    return rowsOf(answer.body);
  };
}

function urlOf(endpoint: string, { app, segment, unit }: SeriesRef, { endingAt, length }: Window): URL {
  const url = new URL("/sessions/data_series", endpoint);
  url.searchParams.set("length", String(length));
  url.searchParams.set("unit", unit);
  url.searchParams.set("ending_at", new Date(endingAt).toISOString().replace(".000Z", "Z"));
  if (app) url.searchParams.set("app_id", app);
  if (segment) url.searchParams.set("segment_id", segment);
  return url;
}

function refuseBadEndpoint(endpoint: string): void {
  const problems = checkEndpoint(endpoint);
  if (problems.length === 0) return;
  throw new PermanentError(`the REST endpoint of Braze ${problems.join(", and ")}`, {
    trouble: "braze-wrong-url",
    advice: "Set BRAZE_REST_ENDPOINT to the REST endpoint of your Braze instance.",
  });
}

// After a workspace was renamed, its old series would be read with the key of another.
function refuseStranger(series: SeriesRef, name: string): void {
  if (series.workspace === name) return;
  throw new PermanentError(
    `${seriesId(series)} belongs to the workspace "${series.workspace}", not to "${name}"`,
    {
      trouble: "braze-bad-request",
      advice: `Set BRAZE_WORKSPACE=${series.workspace} again, or remove the watch and add it anew.`,
    },
  );
}
