import { type Instant, MINUTE } from "../core/time.ts";
import type { PermanentError, TransientError } from "../errors.ts";
import { redact } from "../redact.ts";
import type { Clock } from "./ports/clock.ts";
import type { TroubleReport, TroubleStore } from "./ports/ops.ts";
import type { ProgressStore } from "./ports/series.ts";

export interface TroubleDeps {
  readonly troubles: TroubleStore;
  readonly progress: Pick<ProgressStore, "save">;
  readonly clock: Clock;
}

/** How long a series that alone is refused (an id Braze does not know) waits before it is asked again. */
const REFUSED_PAUSE = 15 * MINUTE;

/**
 * Notes what keeps a workspace, or one series of it, from being read. Answers the report when it is news.
 * Troubles that pass by themselves and say when are no news: the queue waits for them.
 */
export async function raiseTrouble(
  workspace: string,
  seriesId: string,
  error: PermanentError | TransientError,
  { troubles, progress, clock }: TroubleDeps,
): Promise<TroubleReport | undefined> {
  if (!error.trouble.startsWith("braze-")) return undefined;
  const report = reportOf(error, clock());
  if (error.trouble === "braze-unknown-id" || error.trouble === "braze-bad-request") {
    await progress.save(seriesId, { notBefore: clock() + REFUSED_PAUSE });
    return (await troubles.raise(seriesId, report)) ? report : undefined;
  }
  return (await troubles.raise(workspace, report)) ? report : undefined;
}

/** Notes that a workspace, or a series of it, can be read. Answers what is over, if something was wrong. */
export const clearTrouble = (name: string, { troubles }: Pick<TroubleDeps, "troubles">) =>
  troubles.clear(name);

const reportOf = (
  { trouble, message, advice }: PermanentError | TransientError,
  since: Instant,
): TroubleReport => ({
  trouble,
  message: redact(message),
  advice,
  since,
});
