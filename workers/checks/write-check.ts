import type { Refusal } from "../../src/adapters/redis/connection/refusal.ts";
import type { WriteProbe } from "../../src/adapters/redis/connection/write-probe.ts";
import { failuresOf, healthChecks } from "../../src/health/checks.ts";
import type { Log } from "../../src/log.ts";
import type { OpsAlarm } from "../../src/pipeline/health/ops-alarm.ts";
import { redact } from "../../src/redact.ts";
import { SECOND } from "../../src/time/time.ts";

export interface WriteCheckOptions {
  readonly probe: WriteProbe;
  readonly log: Pick<Log, "info" | "error" | "warn">;
  /** Without it, problems are only logged. */
  readonly alarm?: OpsAlarm | undefined;
  /** How often a write is tried, in milliseconds. @default 10_000 */
  readonly every?: number;
  /** How long Redis may refuse before ops is notified: a restart or a failover is shorter. @default that of the health check */
  readonly grace?: number;
}

/** Checks whether Redis accepts writes, without any queue or store. */
export interface WriteCheck {
  /** Why Redis accepts no writes now; undefined while it does. */
  refusal(): (Refusal & { readonly since: number }) | undefined;
  /** Resolves as soon as Redis accepts a write. */
  untilTaken(): Promise<void>;
  stop(): Promise<void>;
}

const ISSUE = { id: "redis.writes", kind: "redis.writes", what: ["Redis"] } as const;

/** Tries a write every few seconds, and reports once that Redis refuses, and once that it accepts writes again. */
export function checkWrites({
  probe,
  log,
  alarm,
  every = 10 * SECOND,
  grace = healthChecks["redis.writes"].grace,
}: WriteCheckOptions): WriteCheck {
  let refusal: Refusal | undefined;
  let since = Date.now();
  const taken = Promise.withResolvers<void>();
  const stopping = Promise.withResolvers<void>();
  let isStopping = false;
  // An earlier process may have reported a problem that is over.
  let isToBeCleared = true;

  function note(found: Refusal | undefined): void {
    if (found?.code !== refusal?.code) {
      if (!refusal) since = Date.now();
      if (found)
        log.error({ error: found.what, code: found.code, advice: found.advice }, "redis.refuses-writes");
      else log.info({ seconds: Math.round((Date.now() - since) / SECOND) }, "redis.takes-writes");
    }
    refusal = found;
    if (!found) taken.resolve();
  }

  async function notify(): Promise<void> {
    if (!alarm) return;
    if (refusal && Date.now() - since >= grace) {
      isToBeCleared = true;
      for (const issue of failuresOf(ISSUE.kind, { refusal: { ...refusal, since } }))
        await alarm.raise(issue);
    } else if (!refusal && isToBeCleared) {
      await alarm.clear(ISSUE, Date.now());
      isToBeCleared = false;
    }
  }

  async function run(): Promise<void> {
    while (!isStopping) {
      note(await probe.probe());
      // Slack may be unreachable itself: the next check tries again.
      await notify().catch((error) => log.warn({ error: redact(String(error)) }, "ops.not-notified"));
      await Promise.race([pause(every), stopping.promise]);
    }
  }

  const running = run();
  return {
    refusal: () => refusal && { ...refusal, since },
    untilTaken: () => taken.promise,
    async stop() {
      isStopping = true;
      stopping.resolve();
      await running;
      probe.close();
    },
  };
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms).unref());
