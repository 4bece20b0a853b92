import { monitorEventLoopDelay } from "node:perf_hooks";
import { median } from "simple-statistics";
import { scenes } from "../adapters/chart/scenes.ts";
import { type Figure, printFigures, timed } from "./figure.ts";

const TIMES = 60;

/** What a chart costs: the first of a process, loading the renderer included, and each after it. */
export async function benchChart(): Promise<Figure[]> {
  const before = process.memoryUsage().rss;
  const cold = await timed(async () => {
    const { chartPng } = await import("../../src/adapters/chart/painter.ts");
    await chartPng(scenes.drop!);
  });
  const { chartPng } = await import("../../src/adapters/chart/painter.ts");
  const { chartSvg } = await import("../../src/adapters/chart/svg.ts");

  const blocked = monitorEventLoopDelay({ resolution: 1 });
  const times = { drop: [] as number[], weeks: [] as number[], svg: [] as number[] };
  const processor = process.cpuUsage();
  blocked.enable();
  for (let i = 0; i < TIMES; i++) {
    times.drop.push(await timed(() => chartPng(scenes.drop!)));
    times.weeks.push(await timed(() => chartPng(scenes.weeks!)));
  }
  blocked.disable();
  const { user, system } = process.cpuUsage(processor);
  for (let i = 0; i < TIMES; i++) times.svg.push(await timed(() => chartSvg(scenes.drop!)));
  const memory = (process.memoryUsage().rss - before) / 2 ** 20;
  const bytes = (await chartPng(scenes.drop!)).length;
  const ms = (value: number) => `${value.toFixed(1)} ms`;
  return [
    { what: "chart: the first of a process", measured: ms(cold), target: "400 ms" },
    { what: "chart: three days, each after it", measured: ms(median(times.drop)), target: "60 ms" },
    { what: "chart: eight weeks, each after it", measured: ms(median(times.weeks)) },
    // What other programs take away from the machine does not count here.
    { what: "chart: processor time of both", measured: ms((user + system) / 1_000 / TIMES) },
    { what: "chart: its SVG alone", measured: ms(median(times.svg)) },
    { what: "chart: event loop held up at most", measured: ms(blocked.max / 1e6), target: "20 ms" },
    { what: `chart: memory after ${2 * TIMES}`, measured: `${memory.toFixed(0)} MB more`, target: "120 MB" },
    { what: "chart: PNG", measured: `${(bytes / 1_000).toFixed(0)} kB` },
  ];
}

if (import.meta.main) printFigures(await benchChart());
