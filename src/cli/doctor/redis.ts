import type { Redis } from "ioredis";
import { type Check, checkRedis } from "../../adapters/redis/connection/checks.ts";
import { connect } from "../../adapters/redis/connection/connection.ts";
import { type Refusal, silent } from "../../adapters/redis/connection/refusal.ts";
import { openWriteProbe } from "../../adapters/redis/connection/write-probe.ts";
import { storedVersion } from "../../adapters/redis/migrate.ts";
import { SECOND } from "../../time/time.ts";
import { failureResult } from "./failure.ts";
import { type CheckResult, failed, note, passed, resultsOf, unknown } from "./result.ts";

/** How long Redis may take for its first response. */
const ANSWER_TIMEOUT = 5 * SECOND;

/** Whether Redis is reachable, accepts writes and keeps its data; with the connection, if there is one. */
export async function checkStore(url: string): Promise<{ results: CheckResult[]; redis?: Redis }> {
  let reported: { error?: string; advice?: string } = {};
  const redis = connect(url, {
    info: () => {},
    error: (fields: object) => {
      reported = fields;
    },
  });
  const refusal = await refusalAt(url);
  const checks =
    refusal === silent
      ? undefined
      : await Promise.race([checkRedis(redis).catch(() => []), after(ANSWER_TIMEOUT)]);
  if (checks) {
    const results = [...checks.map(resultOf), ...writesResults(refusal), await versionResult(redis)];
    return { results, redis };
  }
  redis.disconnect();
  if (refusal && refusal !== silent) return { results: writesResults(refusal) };
  const what = `${silent.what}${reported.error ? `: ${reported.error}` : ""}`;
  return { results: writesResults({ what, advice: reported.advice ?? silent.advice }, true) };
}

const writesResults = (
  refusal: Pick<Refusal, "what" | "advice"> | undefined,
  isUnsure = false,
): CheckResult[] =>
  resultsOf("redis.writes", refusal ? { refusal: { ...refusal, since: Date.now() } } : {}, isUnsure);

async function refusalAt(url: string): Promise<Refusal | undefined> {
  const writes = openWriteProbe(url, { within: ANSWER_TIMEOUT });
  try {
    return await writes.probe();
  } finally {
    writes.close();
  }
}

async function versionResult(redis: Redis): Promise<CheckResult> {
  try {
    const stored = await Promise.race([storedVersion(redis), after(ANSWER_TIMEOUT)]);
    if (!stored) return unknown("Redis does not return the stored data", silent.advice);
    const { version, newest } = stored;
    return version === newest
      ? passed(`what is stored is of version ${version}, as this Tidewatch writes it`)
      : note(`what is stored is of version ${version}: the next start brings it to version ${newest}`);
  } catch (error) {
    return failureResult(error);
  }
}

/** A setting that could not be read is not an error, because managed services forbid reading it. */
const resultOf = ({ ok, isSeen, what, advice = "" }: Check): CheckResult =>
  ok ? passed(what) : isSeen ? failed(what, advice) : unknown(what, advice);

const after = (milliseconds: number) =>
  new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), milliseconds).unref();
  });
