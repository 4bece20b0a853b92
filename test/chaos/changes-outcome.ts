import { exportAll } from "../../src/pipeline/changes/backup.ts";
import { kindOf } from "../../src/pipeline/changes/setters.ts";
import { seriesId } from "../../src/series/series.ts";
import { type Backup, changesTo } from "../../src/settings/backup.ts";
import { type Change, isSame, subjectOf } from "../../src/settings/change.ts";
import type { Stage } from "../support/stage.ts";
import type { Asked } from "./ask-change.ts";

/** What became of the changes that people asked for. */
export interface ChangesOutcome {
  /** Changes that were made, by the change log. */
  readonly changes: number;
  /** Things that are not as the change log says. */
  readonly unnoted: number;
  /** Changes that were confirmed to their author but are not in the change log. */
  readonly forgotten: number;
  /** Changes that are in the change log more than once. */
  readonly notedTwice: number;
  /** Changes that were announced in no channel. */
  readonly unannounced: number;
  /** What is left in Redis of watches that were removed. */
  readonly leftBehind: number;
  /** Answers that are neither a confirmation nor a refusal. */
  readonly failures: readonly string[];
}

/** Compares settings, change log and channels with each other, and with what people were told. */
export async function changesOutcome(
  { bot }: Pick<Stage, "bot">,
  asked: readonly Asked[],
  before: Backup,
  messageIds: readonly string[],
): Promise<ChangesOutcome> {
  const log = await bot.changes.since(0);
  const newest = new Map([...log].reverse().map((change) => [subjectOf(change.changed), change.changed]));
  const inPlace = await Promise.all(
    [...newest.values()].map(async (changed) => isSame(await kindOf(changed, bot).present(), changed.after)),
  );
  const after = await exportAll(bot);
  const changed = changesTo(after, before, "replace").map(subjectOf);
  const batchesOf = (by: string) =>
    new Set(log.filter((change) => change.by === by).map(announcementOf)).size;
  const remaining = new Set((await bot.watches.all()).map(({ series }) => seriesId(series)));
  const removed = before.watches.map(({ series }) => seriesId(series)).filter((id) => !remaining.has(id));
  const left = await Promise.all(
    removed.flatMap((id) => [
      bot.series.read(id).catch(() => "damaged"),
      bot.progress.of(id),
      bot.ingestionDelays.of(id),
    ]),
  );
  return {
    changes: new Set(log.map(announcementOf)).size,
    unnoted: inPlace.filter((is) => !is).length + changed.filter((subject) => !newest.has(subject)).length,
    forgotten: asked.filter(({ by, outcome }) => outcome === "done" && batchesOf(by) === 0).length,
    notedTwice: asked.filter(({ by }) => batchesOf(by) > 1).length,
    unannounced: [...new Set(log.map(announcementOf))].filter(
      (id) => !messageIds.some((messageId) => messageId.startsWith(`change/${id}/`)),
    ).length,
    leftBehind: left.filter((what) => what !== undefined).length,
    failures: asked
      .filter(({ outcome }) => !["done", "refused", "killed"].includes(outcome))
      .map(({ outcome }) => outcome),
  };
}

/** What a change is announced with. */
const announcementOf = ({ id, batch }: Change): string => batch ?? id;
