import { seriesId } from "../../src/core/series.ts";
import { HOUR, type Hour } from "../../src/core/time.ts";
import type { Watch } from "../../src/core/watch.ts";
import { noon } from "../builders.ts";
import { type Stage, setStage, stagedApp, watches } from "../stage.ts";
import { type Figure, timed } from "./figure.ts";

/** Collects and judges `count` series against the simulator in one process: the backfill, then rounds of one hour. */
export async function benchRound(count: number): Promise<Figure[]> {
  const apps = Array.from({ length: count }, (_, i) => stagedApp(`app-${i}`, i));
  const stage = await setStage(noon, { apps, concurrency: 20, logLevel: "error", tickEvery: 2_000 });
  try {
    for (const { id } of apps) await stage.bot.watches.save(watchOf(id));
    const before = stage.braze.control.requests();
    await stage.startWorkers();
    const backfill = await timed(() => judged(stage, count, noon));
    const requests = stage.braze.control.requests() - before;

    const rounds: number[] = [];
    for (let hour = noon + HOUR; hour <= noon + 3 * HOUR; hour += HOUR) {
      stage.passTo(hour);
      rounds.push(await timed(() => judged(stage, count, hour)));
    }
    const steady = stage.braze.control.requests() - before - requests;
    const bytes = await bytesOf(stage, seriesId(watchOf("app-0").series));
    const round = rounds.toSorted((a, b) => a - b)[1]!;
    return [
      {
        what: `${count} series: first backfill of 8 weeks`,
        measured: `${(backfill / 1000).toFixed(1)} s, ${requests} requests`,
      },
      {
        what: `${count} series: one hour collected and judged`,
        measured: `${(round / 1000).toFixed(2)} s (median of 3)`,
      },
      { what: "requests a series and hour", measured: (steady / count / 3).toFixed(2), target: "1.1" },
      { what: "Redis, history and state of a series", measured: `${bytes} bytes`, target: "12,288" },
      { what: "Redis, all of it, a series", measured: `${Math.round((await memory(stage)) / count)} bytes` },
    ];
  } finally {
    await stage.close();
  }
}

const watchOf = (app: string): Watch => ({
  ...watches[0]!,
  id: app,
  series: { workspace: "main", app, unit: "hour" },
});

async function judged({ bot }: Stage, count: number, hour: Hour): Promise<void> {
  for (;;) {
    const standing = [...(await bot.progress.all()).values()];
    if (standing.filter(({ judgedThrough = 0 }) => judgedThrough >= hour).length >= count) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

async function bytesOf({ connection }: Stage, series: string): Promise<number> {
  const keys = await connection.keys(`tidewatch:{${series}}:*`);
  const sizes = await Promise.all(keys.map((key) => connection.memory("USAGE", key, "SAMPLES", 0)));
  return sizes.reduce<number>((sum, size) => sum + (size ?? 0), 0);
}

async function memory({ connection }: Stage): Promise<number> {
  return Number(/used_memory_dataset:(\d+)/.exec(await connection.info("memory"))?.[1] ?? 0);
}
