import { type ConnectionOptions, Queue, type Telemetry } from "bullmq";
import { workerKinds } from "../src/config/kinds.ts";
import type { Log } from "../src/log.ts";
import { seriesRef } from "../src/series/series.ts";
import type { Instant } from "../src/time/time.ts";
import {
  collecting,
  hourly,
  inPortions,
  jobOptions,
  ONCE,
  only,
  onlyAfter,
  probing,
  sooner,
} from "./jobs.ts";

/** The queues and the data of their jobs: ids, never conclusions. */
export interface Jobs {
  tick: Record<string, never>;
  /** A probe checks whether a failed workspace can be read again. */
  collect: { seriesId: string; isProbe?: true };
  evaluate: { seriesId: string };
  notify: { groupKey: string };
  deliver: { destination: string };
  announce: { changeId: string };
  health: Record<string, never>;
  calendar: { channel: string };
}

export type QueueName = keyof Jobs;

/** In the order of the flow. */
export const queueNames: readonly QueueName[] = workerKinds.filter((kind) => kind !== "console");

/** How many events of each queue are kept. Only a dashboard reads them, and 10,000 would take megabytes. */
const EVENTS_KEPT = 100;

/** Hash-tagged, so that all of BullMQ's keys share a slot of a Redis Cluster. */
export const QUEUE_PREFIX = "{tidewatch-queues}";

/** The queue name of a kind of job. Collecting has one queue for each workspace, so that none waits for another. */
export const nameOfQueue = (kind: QueueName, workspace?: string): string =>
  workspace === undefined ? kind : `${kind}.${workspace}`;

/** How many jobs each queue holds, by state. */
export type Depths = Readonly<Record<QueueName, Readonly<Record<string, number>>>>;

/** How many jobs each queue has completed, and failed after their last attempt, as BullMQ counts over all workers. */
export type Outcomes = Readonly<Record<QueueName, { readonly completed: number; readonly failed: number }>>;

export interface Queues {
  /** Adds a job for each series unless one is waiting or running. */
  collect(seriesIds: readonly string[]): Promise<void>;
  /** The same for series whose workspaces cannot be read. */
  probe(seriesIds: readonly string[]): Promise<void>;
  evaluate(seriesIds: readonly string[]): Promise<void>;
  /** Adds a job for each group key, to run after related incidents have arrived. */
  notify(groupKeys: readonly string[]): Promise<void>;
  /** The same without the wait, because a person expects the result. */
  notifyNow(groupKeys: readonly string[]): Promise<void>;
  /** Adds a job for each destination, to run after related incidents have arrived. */
  deliver(destinations: readonly string[]): Promise<void>;
  /** Adds a job for each change to announce; at most hourly for one whose channel refused its last post. */
  announce(changeIds: readonly string[], refused?: ReadonlySet<string>): Promise<void>;
  /** Adds a health check, unless one is waiting or running. */
  health(): Promise<void>;
  /**
   * Adds a job for each channel with planned events or a weekly review to post; at most hourly for one that refused its
   * last post.
   */
  calendar(channels: readonly string[], refusing: (channel: string) => boolean): Promise<void>;
  /** Makes sure that the tick runs every `every` milliseconds. */
  startTicking(every: number): Promise<void>;
  /**
   * Restores the schedule of the tick or the health monitor, whatever happened to its jobs in Redis. With `thoroughly`,
   * all that is left of them is removed first. The jobs carry nothing that could be lost.
   */
  restart(name: "tick" | "health", every: number, thoroughly: boolean): Promise<void>;
  /** Of the given ids, those whose lost job still blocks a new one, with the id of that job. */
  lost(name: QueueName, ids: readonly string[]): Promise<Map<string, string>>;
  /** Allows another job for this id to be added. */
  free(name: QueueName, id: string): Promise<void>;
  /** When a job of a queue last ended, successful or not, on any worker. */
  lastRun(name: "tick" | "health"): Promise<Instant | undefined>;
  depths(): Promise<Depths>;
  outcomes(): Promise<Outcomes>;
  /** When the last tick ran, on any worker; undefined before the first. */
  lastTick(): Promise<Instant | undefined>;
  close(): Promise<void>;
}

/** The options of the queues. */
export interface QueueOptions {
  /** The configured workspaces. */
  readonly workspaces: readonly string[];
  /** How long `notify` waits for more incidents, in milliseconds. */
  readonly groupWait: number;
  readonly telemetry?: Telemetry | undefined;
}

/** Opens the queues for adding jobs. */
export function openQueues(
  connection: ConnectionOptions,
  log: Log,
  { workspaces, groupWait, telemetry }: QueueOptions,
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
    deliver: open("deliver"),
    announce: open("announce"),
    health: open("health"),
    calendar: open("calendar"),
  };

  const all: [QueueName, readonly Queue[]][] = [
    ...Object.entries(queues).map(([name, queue]): [QueueName, Queue[]] => [name as QueueName, [queue]]),
    ["collect", [...collects.values()]],
  ];

  const byKind = new Map(all);

  /** The values of the queues of each kind, added up. */
  const ofEach = async <Name extends string>(
    read: (queue: Queue) => Promise<Readonly<Record<Name, number>>>,
  ) => {
    const entries = all.map(async ([kind, its]) => [kind, sumOf(await Promise.all(its.map(read)))] as const);
    return Object.fromEntries(await Promise.all(entries)) as Record<QueueName, Record<Name, number>>;
  };

  async function addCollects(
    seriesIds: readonly string[],
    jobOf: (seriesId: string) => ReturnType<typeof collecting>,
  ) {
    for (const [workspace, ids] of Map.groupBy(seriesIds, (id) => seriesRef(id).workspace)) {
      // A workspace that is no longer configured is refused without a request, so any queue will do.
      const queue = collects.get(workspace) ?? [...collects.values()][0];
      for (const some of inPortions(ids)) await queue?.addBulk(some.map(jobOf));
    }
  }

  return {
    collect: (seriesIds) => addCollects(seriesIds, collecting),
    probe: (seriesIds) => addCollects(seriesIds, probing),
    async evaluate(seriesIds) {
      for (const some of inPortions(seriesIds))
        await queues.evaluate.addBulk(some.map((seriesId) => onlyAfter("evaluate", { seriesId }, seriesId)));
    },
    async notify(groupKeys) {
      await queues.notify.addBulk(
        groupKeys.map((groupKey) => onlyAfter("notify", { groupKey }, groupKey, groupWait)),
      );
    },
    async notifyNow(groupKeys) {
      await queues.notify.addBulk(groupKeys.map((groupKey) => sooner("notify", { groupKey }, groupKey)));
    },
    async deliver(destinations) {
      await queues.deliver.addBulk(
        destinations.map((destination) => onlyAfter("deliver", { destination }, destination, groupWait)),
      );
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
