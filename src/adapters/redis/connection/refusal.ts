import { TransientError } from "../../../errors.ts";

/** Why Redis refuses a write, in words for people. */
export interface Refusal {
  /** The error code of its answer, or `SILENT` without an answer. */
  readonly code: string;
  /** What is wrong, as a clause without a full stop. */
  readonly what: string;
  /** What to do about it, as full sentences. */
  readonly advice: string;
}

const goesOn = "Nothing has to be restarted: work goes on by itself as soon as Redis takes writes.";

const refusals: Readonly<Record<string, readonly [what: string, advice: string]>> = {
  MISCONF: [
    "Redis refuses writes: it cannot write to its disk",
    "Look into Redis' log; free space on its disk, or let Redis write to its folder (redis-cli CONFIG GET dir).",
  ],
  OOM: [
    "Redis refuses writes: it uses all the memory that it may use",
    "Raise maxmemory (redis-cli CONFIG SET maxmemory 1gb, and in its configuration), or give Redis a machine with more memory.",
  ],
  READONLY: [
    "Redis refuses writes: it is a read-only replica",
    "Name the master in REDIS_URL, or redis+sentinel:// or redis+cluster://, which follow it after a fail-over.",
  ],
  NOREPLICAS: [
    "Redis refuses writes: too few of its replicas are connected",
    "Bring the replicas back, or lower min-replicas-to-write.",
  ],
  NOAUTH: ["Redis asks for a password", "Put the password into REDIS_URL: redis://:password@host:6379."],
  WRONGPASS: ["Redis refuses the user or the password", "Check the user and the password in REDIS_URL."],
  NOPERM: [
    "Redis does not let its user do what Tidewatch needs",
    "Let the user of REDIS_URL run every command on every key: redis-cli ACL SETUSER name ~* &* +@all.",
  ],
  LOADING: [
    "Redis is loading its data from disk",
    "Wait until it is done; redis-cli INFO persistence shows the progress.",
  ],
  BUSY: ["Redis is busy with a script that does not end", "Wait, or end it: redis-cli SCRIPT KILL."],
  MASTERDOWN: ["Redis has lost its master", "Bring the master back, or promote a replica."],
  CLUSTERDOWN: [
    "The cluster of Redis is down: some of its keys are held by no server",
    "Look at redis-cli CLUSTER INFO, and bring the missing servers back.",
  ],
};

/** The refusal when no answer comes. */
export const silent: Refusal = {
  code: "SILENT",
  what: "Redis does not answer",
  advice: `Check that Redis runs, is not stopped or overloaded, and that REDIS_URL is right. ${goesOn}`,
};

const CODE = new RegExp(`(?:^|[\\s-])(${Object.keys(refusals).join("|")})\\b`);

/** What Redis says in the place of NOPERM where a script runs the command. */
const REFUSED_SCRIPT = /^ERR The user executing the script can't /;

/** Why Redis refused a command; undefined for any other error. */
export function refusalOf(error: unknown): Refusal | undefined {
  if (!(error instanceof Error) || error.name !== "ReplyError") return undefined;
  // The error of a transaction does not say which command was refused.
  const { previousErrors } = error as { previousErrors?: readonly unknown[] };
  if (previousErrors?.[0]) return refusalOf(previousErrors[0]);
  // The error of a script does not always start with the code.
  const code = REFUSED_SCRIPT.test(error.message) ? "NOPERM" : CODE.exec(error.message)?.[1];
  if (code === undefined) return undefined;
  const [what, advice] = refusals[code]!;
  return { code, what: `${what} (${code})`, advice: `${advice} ${goesOn}` };
}

/** The refusal as a TransientError in words for people; undefined for any other error. */
export function refused(error: unknown): TransientError | undefined {
  const refusal = refusalOf(error);
  return (
    refusal &&
    new TransientError(refusal.what, { failure: "redis-refuses", advice: refusal.advice, cause: error })
  );
}
