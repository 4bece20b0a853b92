import {
  type ConnectionOptions,
  DelayedError,
  type Job,
  MetricsTime,
  type Telemetry,
  UnrecoverableError,
  Worker,
  type WorkerOptions,
} from "bullmq";
import { PermanentError, TransientError } from "../src/errors.ts";
import type { Log } from "../src/log.ts";
import { redact } from "../src/redact.ts";
import { HOUR } from "../src/time/time.ts";
import { type Jobs, nameOfQueue, QUEUE_PREFIX, type QueueName } from "./queues.ts";

/** The timing of the workers, in milliseconds of real time. The demo and the tests use shorter times. */
export interface Pace {
  readonly tickEvery: number;
  /** How long a worker owns a job, and how often jobs of dead workers are searched for. */
  readonly lock: number;
  /** How long ticks may be missing before the schedule is restored, and how often this is checked. */
  readonly quietFor: number;
  readonly checkEvery: number;
  /** How long incidents of one group key are collected before they are posted together. */
  readonly groupWait: number;
  /** The first pause before a failed job is retried, and the longest. */
  readonly backoff: number;
  readonly longestBackoff: number;
}

export const defaultPace: Pace = {
  tickEvery: 60_000,
  quietFor: 3 * 60_000,
  checkEvery: 30_000,
  lock: 30_000,
  groupWait: 20_000,
  backoff: 1_000,
  longestBackoff: 10 * 60_000,
};

export interface Runtime {
  readonly connection: ConnectionOptions;
  readonly pace: Pace;
  readonly log: Log;
  /** Called for every failed attempt, with the original error. */
  readonly failed?: (queue: QueueName, error: unknown) => void;
  /** The queues of this process. @default all */
  readonly only?: readonly QueueName[];
  /** Carries traces from job to job. @default none */
  readonly telemetry?: Telemetry;
}

/** Whether this process works on a queue. */
export const worksOn = ({ only }: Pick<Runtime, "only">, name: QueueName): boolean =>
  only === undefined || only.includes(name);

/** The parts of a job that a handler may use. */
export type RunningJob = Pick<Job, "attemptsStarted" | "updateProgress" | "extendLock" | "token">;

export type Handle<Name extends QueueName> = (data: Jobs[Name], job: RunningJob) => Promise<object>;

/** The parts of a worker that are visible from outside. */
export type RunningWorker = Pick<Worker, "name" | "on" | "isRunning" | "close">;

/** Several workers of one kind as one. */
export function together(name: QueueName, workers: readonly RunningWorker[]): RunningWorker {
  const all: RunningWorker = {
    name,
    on(event, listener) {
      for (const worker of workers) worker.on(event, listener);
      return all as Worker;
    },
    isRunning: () => workers.every((worker) => worker.isRunning()),
    async close(force) {
      await Promise.all(workers.map((worker) => worker.close(force)));
    },
  };
  return all;
}

/** Runs `handle` for each job of one queue, with the same logging and error policy for all. */
export function runWorker<Name extends QueueName>(
  name: Name,
  runtime: Runtime,
  handle: Handle<Name>,
  { workspace, ...options }: Partial<WorkerOptions> & { readonly workspace?: string } = {},
): Worker<Jobs[Name]> {
  const { connection, pace, log, failed, telemetry } = runtime;
  const worker: Worker<Jobs[Name]> = new Worker<Jobs[Name]>(
    nameOfQueue(name, workspace),
    async (job, token) => {
      try {
        return await handle(job.data as Jobs[Name], job);
      } catch (error) {
        failed?.(name, error);
        throw await retryable(error, job, token);
      }
    },
    {
      connection,
      prefix: QUEUE_PREFIX,
      autorun: worksOn(runtime, name),
      ...(telemetry && { telemetry }),
      lockDuration: pace.lock,
      stalledInterval: pace.lock,
      // The death of a worker is not the job's failure.
      maxStalledCount: 100,
      // Besides its totals BullMQ keeps the number of jobs in each minute. The board draws the last hour.
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

// BullMQ stores the error of a failed job in Redis, so it must have no cause and no secrets.
async function retryable(error: unknown, job: Job, token: string | undefined): Promise<Error> {
  const text = redact(error instanceof Error ? error.message : String(error));
  if (error instanceof PermanentError) return clean(new UnrecoverableError(`${text}. ${error.advice}`));
  const isTriedAgain = job.opts.attempts !== 1;
  if (error instanceof TransientError && error.retryAfter !== undefined && isTriedAgain) {
    // Only this job waits, and the attempt does not count: the response gave it a time, and the other jobs have none.
    await job.moveToDelayed(Date.now() + sensible(error.retryAfter), token);
    return new DelayedError();
  }
  const plain = new Error(text);
  plain.stack = redact(error instanceof Error ? (error.stack ?? text) : text);
  return plain;
}

/** In whole milliseconds. A longer wait is a mistake, and its job would be as good as lost. */
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
