import {
  type ConnectionOptions,
  type Job,
  MetricsTime,
  type Telemetry,
  UnrecoverableError,
  Worker,
  type WorkerOptions,
} from "bullmq";
import { HOUR } from "../src/core/time.ts";
import { PermanentError, TransientError } from "../src/errors.ts";
import type { Log } from "../src/log.ts";
import { redact } from "../src/redact.ts";
import { type Jobs, QUEUE_PREFIX, type QueueName } from "./queues.ts";

/** How the workers keep time, in milliseconds of real time; the demo and the tests are more hurried. */
export interface Pace {
  readonly tickEvery: number;
  /** How long a job is a worker's own, and how often jobs of dead workers are looked for. */
  readonly lock: number;
  /** How long incidents of one room are gathered before they are said together. */
  readonly gather: number;
  /** The first pause before a failed job is tried again, and the longest. */
  readonly backoff: number;
  readonly longestBackoff: number;
}

export const defaultPace: Pace = {
  tickEvery: 60_000,
  lock: 30_000,
  gather: 20_000,
  backoff: 1_000,
  longestBackoff: 10 * 60_000,
};

export interface Runtime {
  readonly connection: ConnectionOptions;
  readonly pace: Pace;
  readonly log: Log;
  /** Told of every failed attempt as it was thrown. */
  readonly failed?: (queue: QueueName, error: unknown) => void;
  /** The queues that this process works on. @default all */
  readonly only?: readonly QueueName[];
  /** Carries traces from job to job. @default none */
  readonly telemetry?: Telemetry;
}

/** Whether this process works on a queue. */
export const worksOn = ({ only }: Pick<Runtime, "only">, name: QueueName): boolean =>
  only === undefined || only.includes(name);

export type Handle<Name extends QueueName> = (data: Jobs[Name], job: Job<Jobs[Name]>) => Promise<object>;

/** Runs `handle` for each job of one queue, with the same logging and error policy for all. */
export function runWorker<Name extends QueueName>(
  name: Name,
  runtime: Runtime,
  handle: Handle<Name>,
  options: Partial<WorkerOptions> = {},
): Worker<Jobs[Name]> {
  const { connection, pace, log, failed, telemetry } = runtime;
  const worker: Worker<Jobs[Name]> = new Worker<Jobs[Name]>(
    name,
    async (job) => {
      try {
        return await handle(job.data as Jobs[Name], job as Job<Jobs[Name]>);
      } catch (error) {
        failed?.(name, error);
        throw await retryable(error, worker);
      }
    },
    {
      connection,
      prefix: QUEUE_PREFIX,
      autorun: worksOn(runtime, name),
      ...(telemetry && { telemetry }),
      lockDuration: pace.lock,
      stalledInterval: pace.lock,
      // A killed worker is no fault of the job's.
      maxStalledCount: 100,
      // Beside its totals BullMQ keeps what was done in each minute, of which the board draws the last hour.
      metrics: { maxDataPoints: MetricsTime.ONE_HOUR },
      settings: { backoffStrategy: (attempt) => backoff(attempt, pace) },
      ...options,
    },
  );
  worker.on("completed", (job, result) => log.debug({ job: job.id, ...job.data, ...result }, `${name}.done`));
  worker.on("failed", (job, error) =>
    log.warn(
      { job: job?.id, ...job?.data, attempt: job?.attemptsMade, error: redact(error.message) },
      `${name}.failed`,
    ),
  );
  worker.on("error", (error) => log.debug({ error: redact(error.message) }, `${name}.error`));
  return worker;
}

// What BullMQ keeps in Redis of a failed job is the error it is given: without cause, without secrets.
async function retryable(error: unknown, worker: Worker): Promise<Error> {
  const text = redact(error instanceof Error ? error.message : String(error));
  if (error instanceof PermanentError) return clean(new UnrecoverableError(`${text}. ${error.advice}`));
  if (error instanceof TransientError && error.retryAfter !== undefined) {
    // The whole queue waits, and the attempt is not counted: the other side said when to come back.
    await worker.rateLimit(sensible(error.retryAfter));
    return Worker.RateLimitError();
  }
  const plain = new Error(text);
  plain.stack = redact(error instanceof Error ? (error.stack ?? text) : text);
  return plain;
}

/** What Redis takes for a life time, in whole milliseconds; a longer wait is a mistake and would stop the queue for good. */
const sensible = (wait: number): number => Math.min(Math.max(Math.ceil(wait), 1), HOUR);

function clean<E extends Error>(error: E): E {
  error.stack = `${error.name}: ${error.message}`;
  return error;
}

/** Full jitter: anything up to a ceiling that doubles with each attempt. */
function backoff(attempt: number, { backoff, longestBackoff }: Pace): number {
  const ceiling = Math.min(longestBackoff, backoff * 2 ** attempt);
  return Math.round(ceiling * (0.25 + 0.75 * Math.random()));
}
