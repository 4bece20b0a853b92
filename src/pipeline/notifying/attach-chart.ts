import type { Member } from "../../incidents/alert-group.ts";
import type { Notification } from "../../notifications/notification.ts";
import type { ChartChange, ChartData, ChartPanel, ChartSpan } from "../../reports/chart.ts";
import { chartCooperatively, frameOf, spanOf } from "../../reports/chart-data.ts";
import { canMove } from "../../series/product-changes.ts";
import { seriesId } from "../../series/series.ts";
import { SECOND, stepOf } from "../../time/time.ts";
import { replayInputOf } from "../actions/feedback.ts";
import type { Context } from "../context.ts";
import type { AttachChart, ChartImageRenderer, ChartUpload, Painter } from "../ports/charts.ts";
import type { Block } from "../ports/messages.ts";
import { runCooperatively } from "../reports/cooperative.ts";

/** What is needed to show a chart. */
export interface ChartImageOptions {
  readonly painter: Painter;
  readonly chartUpload: ChartUpload;
  readonly chartImages: ChartImageRenderer;
  /** How long a message waits for its chart, in milliseconds. @default 4_000 */
  readonly timeout?: number;
}

export type AttachChartOptions = ChartImageOptions &
  Pick<Context, "series" | "exclusions" | "productChanges" | "sends" | "profiles" | "isHoliday"> & {
    /** Called for each chart that could not be made. */
    readonly onLost?: (error: unknown, notification: Notification) => void;
  };

/**
 * Adds the chart of an incident to its message: an image, or a substitute. A late alert is worse than one without a
 * chart, so whatever fails or takes long is left out, and the next edit tries again.
 */
export const chartAttacher =
  (context: AttachChartOptions): AttachChart =>
  async (message, notification, known) => {
    const lost = (error: unknown) => void context.onLost?.(error, notification);
    const chart = await chartFor(notification, context).catch(lost);
    if (!chart || chart.points.length === 0) return message;
    const chartImages = known
      ? [...known, ...context.chartImages.otherwise(chart)]
      : await chartImagesOf(chart, context, lost);
    return { ...message, chartImages };
  };

/**
 * The ways to show a chart, the best first. @param summary the substitute for an image; it holds more than Slack's own
 * charts. @param lost receives the reason why there is no image.
 */
export async function chartImagesOf(
  chart: ChartData,
  context: ChartImageOptions,
  lost: (error: unknown) => void,
  summary = chart,
): Promise<Block[]> {
  const id = await hang(chart, context).catch(lost);
  const { chartImages } = context;
  return [...(id ? [chartImages.image(id, chart)] : []), ...chartImages.otherwise(summary)];
}

async function hang(
  chart: ChartData,
  { painter, chartUpload, timeout = 4 * SECOND }: ChartImageOptions,
): Promise<string> {
  const signal = AbortSignal.timeout(timeout);
  const png = await painter(chart);
  signal.throwIfAborted();
  return chartUpload.hang(png, chart, signal);
}

/** How many members of a group have a small chart below that of the first. */
const MOST_PANELS = 4;

/** The chart of the first member and, below it, those of the others on the same time axis. */
async function chartFor(
  { incident, watch, members }: Notification,
  context: AttachChartOptions,
): Promise<ChartData | undefined> {
  const span = spanOf(incident, watch.series.unit);
  const chart = await chartOfMember({ incident, watch }, span, context);
  if (!chart) return undefined;
  const own = seriesId(watch.series);
  const others = members.filter(
    (member, i) =>
      member.watch.series.unit === watch.series.unit &&
      seriesId(member.watch.series) !== own &&
      members.findIndex((each) => seriesId(each.watch.series) === seriesId(member.watch.series)) === i,
  );
  const panels: ChartPanel[] = [];
  for (const other of others.slice(0, MOST_PANELS)) {
    const panel = await chartOfMember(other, span, context);
    if (panel && panel.points.length > 0) panels.push(panel);
  }
  return panels.length > 0 ? { ...chart, panels } : chart;
}

async function chartOfMember(
  { incident, watch }: Pick<Member, "incident" | "watch">,
  span: ChartSpan,
  context: AttachChartOptions,
): Promise<ChartData | undefined> {
  const id = seriesId(watch.series);
  const stored = await replayInputOf(id, context);
  if (!stored) return undefined;
  const profile = (await context.profiles())(id);
  const changes = await marksOf(watch, span, context);
  const frame = frameOf(watch, span, [incident], (bucket) => context.isHoliday(bucket, profile));
  return runCooperatively(chartCooperatively(stored, profile, { ...frame, changes }));
}

/** What changed in the product and what was sent, ascending by time. */
async function marksOf(
  { series }: Member["watch"],
  { from, to }: ChartSpan,
  { productChanges, sends }: AttachChartOptions,
): Promise<ChartChange[]> {
  const [changed, sent] = await Promise.all([
    productChanges.all(),
    sends.between(series.workspace, from, to + stepOf(series.unit)),
  ]);
  const marks = [
    ...changed.filter((change) => canMove(change, series)),
    ...sent.map(({ name, time }) => ({ name, time, isSend: true })),
  ];
  return marks.toSorted((a, b) => a.time - b.time);
}
