import type { ChartData, ChartSpan } from "../../reports/chart.ts";
import { chartCooperatively, frameOf } from "../../reports/chart-data.ts";
import { mainOf } from "../../reports/main-series.ts";
import { begunIn, inBuckets, type Review, type WatchedPeriod } from "../../reports/weekly-review.ts";
import { stepOf } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { Message } from "../ports/messages.ts";
import { runCooperatively } from "./cooperative.ts";

/** The message of a review with small charts of its week. A review without them is better than none. */
export async function withChart(
  message: Message,
  review: Review,
  watched: readonly WatchedPeriod[],
  context: Context,
): Promise<Message> {
  const chart = await chartOfWeek(review, watched, context).catch(() => undefined);
  if (!chart || chart.points.length === 0) return message;
  return { ...message, chartImages: await context.draw(chart, () => undefined) };
}

/** How many series are drawn. */
const DRAWN = 5;

/** The first of the watches large, the others below it on the same time axis. */
async function chartOfWeek(
  review: Review,
  watched: readonly WatchedPeriod[],
  context: Context,
): Promise<ChartData | undefined> {
  const charts: ChartData[] = [];
  const main = mainOf(review);
  const drawn = main.filter(({ series }) => series.unit === main[0]!.series.unit).slice(0, DRAWN);
  for (const { watchId } of drawn) {
    const one = watched.find(({ watch }) => watch.id === watchId)!;
    const { from, to } = inBuckets(review.period, one.profile);
    const span = { from, to: to - stepOf(one.watch.series.unit) };
    const chart = await chartOfWatch(one, span, review, context);
    if (chart && chart.points.length > 0) charts.push(chart);
  }
  const [first, ...panels] = charts;
  return first && { ...first, panels };
}

async function chartOfWatch(
  one: WatchedPeriod,
  span: ChartSpan,
  { period }: Review,
  { isHoliday }: Context,
): Promise<ChartData | undefined> {
  const { watch, past, profile } = one;
  if (!past) return undefined;
  const frame = frameOf(watch, span, begunIn(period, one), (bucket) => isHoliday(bucket, profile));
  return runCooperatively(
    chartCooperatively({ history: past, exclusions: past.exclusions ?? [] }, profile, frame),
  );
}
