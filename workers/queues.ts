import { type ConnectionOptions, type JobsOptions, Queue, type Telemetry } from "bullmq";
import { workerKinds } from "../src/config/kinds.ts";
import type { Log } from "../src/log.ts";
import { seriesRef } from "../src/series/series.ts";
import { HOUR, type Instant } from "../src/time/time.ts";

/** The queues, and what their jobs carry: ids, never conclusions. */
export interface Jobs {
  tick: Record<string, never>;
  /** A probe finds out whether a workspace that could not be read can be read again. */
  collect: { seriesId: string; isProbe?: true };
  evaluate: { seriesId: string };
  notify: { groupKey: string };
  announce: { changeId: string };
  health: Record<string, never>;
  calendar: { channel: string };
}

export type QueueName = keyof Jobs;

/** In the order of the flow. */
export const queueNames: readonly QueueName[] = workerKinds.filter((kind) => kind !== "console");

/** How many jobs of each kind are kept to be looked at, and how often a failed one is tried again. */
const jobOptions: JobsOptions = {
  attempts: 8,
  backoff: { type: "tidewatch" },
  removeOnComplete: { count: 100 },
  removeOnFail: { count: 1_000, age: 7 * 24 * 3_600 },
};

/** How many events of each queue are kept: nobody but a dashboard reads them, and 10,000 would be megabytes. */
const EVENTS_KEPT = 100;

/** The next tick brings the next attempt. */
const ONCE: JobsOptions = { attempts: 1 };

/** How often a series is asked for before it is left to the next tick, which asks for whatever is still due. */
const COLLECT_ATTEMPTS = 2;

/** Hash-tagged, so that all of BullMQ's keys share a slot of a Redis Cluster. */
export const QUEUE_PREFIX = "{tidewatch-queues}";

/** The queue of a kind of job. What is collected has one for each workspace, so that it waits for no other workspace. */
export const nameOfQueue = (kind: QueueName, workspace?: string): string =>
  workspace === undefined ? kind : `${kind}.${workspace}`;

/** How many jobs each queue holds, by state. */
export type Depths = Readonly<Record<QueueName, Readonly<Record<string, number>>>>;

/** How many jobs each queue has ever done, and given up after their last attempt, as BullMQ counts over all workers. */
export type Outcomes = Readonly<Record<QueueName, { readonly completed: number; readonly failed: number }>>;

export interface Queues {
  /** Adds a job for each series unless one is waiting or running. */
  collect(seriesIds: readonly string[]): Promise<void>;
  /** The same for series whose workspaces cannot be read. */
  probe(seriesIds: readonly string[]): Promise<void>;
  evaluate(seriesIds: readonly string[]): Promise<void>;
  /** Adds a job for each room, to be done once what else comes in together has come in. */
  notify(groupKeys: readonly string[]): Promise<void>;
  /** The same, without waiting for more: somebody waits to see it. */
  notifyNow(groupKeys: readonly string[]): Promise<void>;
  /**
   * Adds a job for each change that is to be told; for one that concerns a channel which took nothing when it was last told
   * something, once an hour.
   */
  announce(changeIds: readonly string[], refused?: ReadonlySet<string>): Promise<void>;
  /** Adds a look at whether anything keeps the bot from seeing or telling, unless one is waiting or running. */
  health(): Promise<void>;
  /**
   * Adds a job for each channel that is to be told of what is planned, or of its week; for one that took nothing when it
   * was last told something, once an hour.
   */
  calendar(channels: readonly string[], refusing: (channel: string) => boolean): Promise<void>;
  /** Makes sure that the tick comes every `every` milliseconds. */
  startTicking(every: number): Promise<void>;
  /**
   * Has the tick or the health monitor come again, whatever became of its jobs in Redis; all that is left of them is wiped
   * away first where it is to be done `thoroughly`. Its jobs carry nothing that could be lost.
   */
  restart(name: "tick" | "health", every: number, thoroughly: boolean): Promise<void>;
  /** Of what jobs are about, whatever keeps others from being added though its own job is lost; and the id of that. */
  lost(name: QueueName, ids: readonly string[]): Promise<Map<string, string>>;
  /** Lets another job about this be added. */
  free(name: QueueName, id: string): Promise<void>;
  /** When a job of a queue last ended, well or not, by whichever worker. */
  lastRun(name: "tick" | "health"): Promise<Instant | undefined>;
  depths(): Promise<Depths>;
  outcomes(): Promise<Outcomes>;
  /** When a tick was last done, by whichever worker; undefined before the first. */
  lastTick(): Promise<Instant | undefined>;
  close(): Promise<void>;
}

/** What the queues go by. */
export interface QueueOptions {
  /** Those that are configured. */
  readonly workspaces: readonly string[];
  /** How long `notify` waits for more to say, in milliseconds. */
  readonly gatherFor: number;
  readonly telemetry?: Telemetry | undefined;
}

/** Opens the queues for adding jobs. */
export function openQueues(
  connection: ConnectionOptions,
  log: Log,
  { workspaces, gatherFor, telemetry }: QueueOptions,
): Queues {
  const open = <Name extends QueueName>(name: Name, workspace?: string) => {
    const queue = new Queue<Jobs[Name]>(nameOfQueue(name, workspace), {
      connection,
      prefix: QUEUE_PREFIX,
      defaultJobOptions: jobOptions,
      streams: { events: { maxLen: EVENTS_KEPT } },
      ...(telemetry && { telemetry }),
    });
    queue.on("error", (error) => log.debug({ queue: name, error: error.message }, "queue.error"));
    return queue;
  };
  const collects = new Map(workspaces.map((workspace) => [workspace, open("collect", workspace)]));
  const queues = {
    tick: open("tick"),
    evaluate: open("evaluate"),
    notify: open("notify"),
    announce: open("announce"),
    health: open("health"),
    calendar: open("calendar"),
  };

  const all: [QueueName, readonly Queue[]][] = [
    ...Object.entries(queues).map(([name, queue]): [QueueName, Queue[]] => [name as QueueName, [queue]]),
    ["collect", [...collects.values()]],
  ];

  const byKind = new Map(all);

  /** What each kind's queues tell, added up. */
  const ofEach = async <Name extends string>(
    read: (queue: Queue) => Promise<Readonly<Record<Name, number>>>,
  ) => {
    const entries = all.map(async ([kind, its]) => [kind, sumOf(await Promise.all(its.map(read)))] as const);
    return Object.fromEntries(await Promise.all(entries)) as Record<QueueName, Record<Name, number>>;
  };

  async function addCollects(seriesIds: readonly string[], jobOf: (seriesId: string) => CollectJob) {
    for (const [workspace, ids] of Map.groupBy(seriesIds, (id) => seriesRef(id).workspace)) {
      // What is configured no longer is refused without being asked for: any queue will do.
      const queue = collects.get(workspace) ?? [...collects.values()][0];
      for (const some of inPortions(ids)) await queue?.addBulk(some.map(jobOf));
    }
  }

  return {
    collect: (seriesIds) =>
      addCollects(seriesIds, (seriesId) => {
        const { opts, ...job } = only("collect", { seriesId }, seriesId);
        return { ...job, opts: { ...opts, attempts: COLLECT_ATTEMPTS } };
      }),
    probe: (seriesIds) =>
      addCollects(seriesIds, (seriesId) => {
        const { opts, ...job } = only("collect", { seriesId, isProbe: true as const }, seriesId);
        return { ...job, opts: { ...opts, ...ONCE } };
      }),
    async evaluate(seriesIds) {
      for (const some of inPortions(seriesIds))
        await queues.evaluate.addBulk(some.map((seriesId) => onlyAfter("evaluate", { seriesId }, seriesId)));
    },
    async notify(groupKeys) {
      await queues.notify.addBulk(
        groupKeys.map((groupKey) => onlyAfter("notify", { groupKey }, groupKey, gatherFor)),
      );
    },
    async notifyNow(groupKeys) {
      await queues.notify.addBulk(groupKeys.map((groupKey) => sooner("notify", { groupKey }, groupKey)));
    },
    async announce(changeIds, refused) {
      await queues.announce.addBulk(
        changeIds.map((changeId) =>
          refused?.has(changeId)
            ? hourly("announce", { changeId }, changeId)
            : onlyAfter("announce", { changeId }, changeId),
        ),
      );
    },
    async health() {
      const { name, data, opts } = only("health", {}, "health");
      await queues.health.add(name, data, { ...opts, ...ONCE });
    },
    async calendar(channels, refusing) {
      await queues.calendar.addBulk(
        channels.map((channel) =>
          refusing(channel)
            ? hourly("calendar", { channel }, channel)
            : only("calendar", { channel }, channel),
        ),
      );
    },
    async startTicking(every) {
      // `every` is the kind of scheduler that keeps an overdue run when it is upserted again after a restart.
      await queues.tick.upsertJobScheduler("tick", { every }, { name: "tick", data: {}, opts: ONCE });
    },
    async restart(name, every, thoroughly) {
      if (thoroughly) await queues[name].obliterate({ force: true });
      if (name === "tick") return this.startTicking(every);
      return this.health();
    },
    async lost(name, ids) {
      const lost = new Map<string, string>();
      for (const queue of byKind.get(name)!) {
        for (const id of ids) {
          const jobId = await queue.getDeduplicationJobId(id);
          if (!jobId) continue;
          const isThere = (await queue.getJob(jobId)) && (await queue.getJobState(jobId)) !== "unknown";
          if (!isThere) lost.set(id, jobId);
        }
      }
      return lost;
    },
    async free(name, id) {
      for (const queue of byKind.get(name)!) await queue.removeDeduplicationKey(id);
    },
    async lastRun(name) {
      const queue: Queue = queues[name];
      const newest = await Promise.all([queue.getCompleted(0, 0), queue.getFailed(0, 0)]);
      const ends = newest.flat().flatMap((job) => job?.finishedOn ?? []);
      return ends.length > 0 ? Math.max(...ends) : undefined;
    },
    depths: () => ofEach((queue) => queue.getJobCounts()),
    outcomes: () =>
      ofEach(async (queue) => {
        const [completed, failed] = await Promise.all(
          (["completed", "failed"] as const).map((outcome) => queue.getMetrics(outcome, 0, 0)),
        );
        return { completed: completed!.meta.count, failed: failed!.meta.count };
      }),
    async lastTick() {
      const [newest] = await queues.tick.getCompleted(0, 0);
      return newest?.finishedOn;
    },
    async close() {
      await Promise.all(all.flatMap(([, its]) => its.map((queue) => queue.close())));
    },
  };
}

interface CollectJob {
  readonly name: string;
  readonly data: Jobs["collect"];
  readonly opts: JobsOptions;
}

/** The records added up, number by number. */
function sumOf<Name extends string>(
  records: readonly Readonly<Record<Name, number>>[],
): Record<Name, number> {
  const sums = {} as Record<Name, number>;
  for (const record of records)
    for (const [name, number] of Object.entries(record) as [Name, number][])
      sums[name] = (sums[name] ?? 0) + number;
  return sums;
}

/** How many jobs are added in one go: what is sent to Redis is in memory whole, and all others wait for it. */
const PORTION = 250;

const inPortions = (ids: readonly string[]): (readonly string[])[] =>
  Array.from({ length: Math.ceil(ids.length / PORTION) }, (_, i) =>
    ids.slice(i * PORTION, (i + 1) * PORTION),
  );

// One job a thing at a time: while it waits, runs or is tried again, another is not added. For what each tick finds anew.
const only = <Data>(name: string, data: Data, id: string) => ({
  name,
  data,
  opts: { deduplication: { id } },
});

// The same, but one that comes while another runs is done after it, since what it is of may have been read before.
const onlyAfter = <Data>(name: string, data: Data, id: string, delay = 0) => ({
  name,
  data,
  opts: { deduplication: { id, keepLastIfActive: true }, delay },
});

/** Long enough for all that one click changes to come in, short enough for nobody to notice. */
const ONE_CLICK = 200;

// One that waits already waits no longer than this.
const sooner = <Data>(name: string, data: Data, id: string) => ({
  name,
  data,
  opts: { deduplication: { id, keepLastIfActive: true, reschedule: true }, delay: ONE_CLICK },
});

// Another is not added for an hour, whatever became of this one.
const hourly = <Data>(name: string, data: Data, id: string) => ({
  name,
  data,
  opts: { deduplication: { id: `${id} hourly`, ttl: HOUR } },
});
