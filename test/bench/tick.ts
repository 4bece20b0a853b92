import { takeSnapshot } from "../../src/pipeline/health/snapshot.ts";
import { tick } from "../../src/pipeline/tick.ts";
import { seriesId } from "../../src/series/series.ts";
import { HOUR, hourOf } from "../../src/time/time.ts";
import { setStage } from "../support/stage.ts";
import { type Figure, printFigures } from "./figure.ts";
import { fleetOf, type Mixture } from "./fleet.ts";

const TIMES = 10;
const AT_ONCE = 250;

/** What is read each minute of so many series of which none is due, in processor time of the worker. */
export async function benchTick(series: number, mixture: Mixture = "sessions"): Promise<Figure[]> {
  const hour = hourOf(Date.now()) - HOUR;
  const { bot, close } = await setStage(hour, { logLevel: "error" });
  try {
    const { watches } = fleetOf(series, mixture);
    for (let i = 0; i < series; i += AT_ONCE)
      await Promise.all(
        watches.slice(i, i + AT_ONCE).map(async (watch) => {
          const id = seriesId(watch.series);
          await bot.watches.save(watch);
          await bot.progress.save(id, { evaluatedThrough: hour, collectedThrough: hour });
          await bot.ingestionDelays.save(id, { usual: 900_000, spread: 40_000 });
        }),
      );
    const name = `${series.toLocaleString("en")} series, none due: `;
    const target = "30 ms";
    return [
      { what: `${name}a tick`, measured: await processor(() => tick(bot)), target },
      {
        what: `${name}a look of the health monitor`,
        measured: await processor(() => takeSnapshot(bot, [])),
        target,
      },
      { what: `${name}reading all watches`, measured: await processor(() => bot.watches.all()) },
    ];
  } finally {
    await close();
  }
}

async function processor(act: () => Promise<unknown>): Promise<string> {
  await act();
  const before = process.cpuUsage();
  for (let i = 0; i < TIMES; i++) await act();
  const { user, system } = process.cpuUsage(before);
  return `${Math.round((user + system) / 1_000 / TIMES)} ms`;
}

if (import.meta.main) printFigures(await benchTick(Number(process.argv[2] ?? 10_000)));
