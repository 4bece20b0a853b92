import type { Redis } from "ioredis";
import { type Check, checkRedis } from "../../adapters/redis/connection/checks.ts";
import { connect } from "../../adapters/redis/connection/connection.ts";
import { type Refusal, silent } from "../../adapters/redis/connection/refusal.ts";
import { openWriteProbe } from "../../adapters/redis/connection/write-probe.ts";
import { storedVersion } from "../../adapters/redis/migrate.ts";
import { SECOND } from "../../time/time.ts";
import { failureFinding } from "./failure.ts";
import { type Finding, note, right, unseen, wrong } from "./finding.ts";

/** How long Redis may take for its first response. */
const ANSWER_TIMEOUT = 5 * SECOND;

/** Whether Redis is reachable, accepts writes and keeps its data; with the connection, if there is one. */
export async function checkStore(url: string): Promise<{ findings: Finding[]; redis?: Redis }> {
  let said: { error?: string; advice?: string } = {};
  const redis = connect(url, {
    info: () => {},
    error: (fields: object) => {
      said = fields;
    },
  });
  const refusal = await refusalAt(url);
  const checks =
    refusal === silent
      ? undefined
      : await Promise.race([checkRedis(redis).catch(() => []), after(ANSWER_TIMEOUT)]);
  if (checks) {
    const taken = refusal ? wrong(refusal.what, refusal.advice) : right("Redis takes writes");
    return { findings: [...checks.map(findingOf), taken, await versionFinding(redis)], redis };
  }
  redis.disconnect();
  if (refusal && refusal !== silent) return { findings: [wrong(refusal.what, refusal.advice)] };
  const what = `Redis does not answer${said.error ? `: ${said.error}` : ""}`;
  return { findings: [unseen(what, said.advice ?? "Check that Redis runs and that REDIS_URL is right.")] };
}

async function refusalAt(url: string): Promise<Refusal | undefined> {
  const writes = openWriteProbe(url, { within: ANSWER_TIMEOUT });
  try {
    return await writes.probe();
  } finally {
    writes.close();
  }
}

async function versionFinding(redis: Redis): Promise<Finding> {
  try {
    const stored = await Promise.race([storedVersion(redis), after(ANSWER_TIMEOUT)]);
    if (!stored) return unseen("Redis does not return the stored data", silent.advice);
    const { version, newest } = stored;
    return version === newest
      ? right(`what is stored is of version ${version}, as this Tidewatch writes it`)
      : note(`what is stored is of version ${version}: the next start brings it to version ${newest}`);
  } catch (error) {
    return failureFinding(error);
  }
}

/** A setting that could not be read is not an error, because managed services forbid reading it. */
const findingOf = ({ ok, isSeen, what, advice = "" }: Check): Finding =>
  ok ? right(what) : isSeen ? wrong(what, advice) : unseen(what, advice);

const after = (milliseconds: number) =>
  new Promise<undefined>((resolve) => {
    setTimeout(() => resolve(undefined), milliseconds).unref();
  });
