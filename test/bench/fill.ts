import { encodeState, newState, observe } from "../../src/detector/detector.ts";
import type { Stores } from "../../src/pipeline/ports/stores.ts";
import { defaultTiming } from "../../src/series/due.ts";
import { seriesId } from "../../src/series/series.ts";
import { DAY, HOUR, type Hour } from "../../src/time/time.ts";
import { appOf, type Fleet, historyFrom } from "./fleet.ts";

/** How many series are written at once. */
const AT_ONCE = 50;

/** Writes what Redis would hold after 90 days: history, what was learned, the journal, the audit, the usual delays. */
export async function fill(stores: Stores, { watches, sessions }: Fleet, through: Hour): Promise<void> {
  const savedAt = through - defaultTiming.trailing;
  const learned = Array.from({ length: 10 }, (_, app) => {
    const points = hoursFrom(historyFrom(through), through).map((bucket) => ({
      bucket,
      value: sessions(app, bucket),
    }));
    const state = newState({ unit: "hour", zone: "UTC" });
    for (const { bucket, value } of points) if (bucket <= savedAt) observe(state, bucket, value);
    return { points, state: { through: savedAt, bytes: encodeState(state) } };
  });
  const evaluated = hoursFrom(through - 90 * DAY + HOUR, through).map((bucket) => ({
    bucket,
    verdict: "normal" as const,
  }));

  const write = async (i: number) => {
    const watch = watches[i]!;
    const id = seriesId(watch.series);
    const { points, state } = learned[appOf(i, watches.length)]!;
    await stores.watches.save({ ...watch, createdAt: through - 90 * DAY });
    await stores.series.write(id, points, points[0]!.bucket, through);
    await stores.series.saveState(id, state, 0);
    await stores.progress.save(id, { evaluatedThrough: through, collectedThrough: through });
    await stores.ingestionDelays.save(id, { usual: 900_000, spread: 40_000 });
    await stores.journal.record(watch.id, evaluated);
  };
  for (let i = 0; i < watches.length; i += AT_ONCE)
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, watches.length - i) }, (_, j) => write(i + j)));
}

const hoursFrom = (from: Hour, to: Hour): Hour[] =>
  Array.from({ length: (to - from) / HOUR + 1 }, (_, i) => from + i * HOUR);
