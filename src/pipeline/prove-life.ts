import {
  dayOfProof,
  type LocalDay,
  type ProofOfLife,
  proofOfLife,
  type WatchedDay,
} from "../core/proof-of-life.ts";
import type { Watch } from "../core/watch.ts";
import { isMuted as isMutedNow } from "./hush.ts";
import type { Journal } from "./ports/audit.ts";
import type { Clock } from "./ports/clock.ts";
import type { IncidentStore } from "./ports/incidents.ts";
import type { OpsRenderer } from "./ports/ops.ts";
import type { MuteStore, WatchStore } from "./ports/watches.ts";
import { type PostDeps, postOnce } from "./post-once.ts";
import type { Ops } from "./tell-ops.ts";

export interface ProveLifeDeps extends PostDeps {
  readonly ops: Ops;
  readonly opsRenderer: Pick<OpsRenderer, "proof">;
  readonly watches: Pick<WatchStore, "all">;
  readonly journal: Pick<Journal, "between">;
  readonly incidents: Pick<IncidentStore, "since" | "byId">;
  readonly mutes: Pick<MuteStore, "all">;
  readonly clock: Clock;
}

/** Gives an account of the last full day, once a day. Answers it when it was given just now. */
export async function proveLife(blind: number, deps: ProveLifeDeps): Promise<ProofOfLife | undefined> {
  const { ops, watches, ledger, clock, opsRenderer } = deps;
  const due = dayOfProof(clock(), ops.proofAt, ops.zone);
  if (!due) return undefined;
  const messageId = `ops/proof@${due.saidOn}`;
  if ((await ledger.entry(messageId))?.state === "sent") return undefined;

  const then = (await watches.all()).filter(({ createdAt }) => createdAt < due.day.to);
  const watched: WatchedDay[] = [];
  for (const watch of then) watched.push(await watchedDay(watch, due.day, deps));
  const proof = proofOfLife(due.day, watched, blind);
  if (!proof) return undefined;
  if (ops.channel) await postOnce(ops.channel, opsRenderer.proof(proof), { messageId }, deps);
  // Logged only, it is noted all the same, so that a restart does not say it again.
  else await ledger.save(messageId, { state: "sent", channel: "log", ts: "0" });
  return proof;
}

async function watchedDay(
  watch: Watch,
  { date, from, to }: LocalDay,
  deps: ProveLifeDeps,
): Promise<WatchedDay> {
  const { journal, incidents } = deps;
  const { unit } = watch.series;
  // A day's bucket is named by the UTC midnight of its date, which may lie outside the day itself.
  const first = Math.min(from, Date.parse(date));
  const [entries, opened, isMuted] = await Promise.all([
    journal.between(watch.id, first, to),
    incidents.since(watch.id, first),
    isMutedNow(watch, deps),
  ]);
  const begun = opened.filter(({ openedAt }) => openedAt < to);
  return { unit, watchedSince: watch.createdAt, entries, isMuted, incidents: begun.length };
}
