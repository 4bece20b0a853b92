import type { SeriesProfile } from "../../detector/detector.ts";
import type { Notice } from "../../notifications/notification.ts";
import { type ChartData, chartInSlices, spanOf } from "../../reports/chart-data.ts";
import { seriesId } from "../../series/series.ts";
import { type Bucket, SECOND } from "../../time/time.ts";
import { type LearnDeps, learnableOf } from "../actions/feedback.ts";
import type { Block } from "../ports/messages.ts";
import type { Gallery, Illustrate, Painter, PictureRenderer } from "../ports/pictures.ts";
import type { Profiles } from "../ports/profiles.ts";
import { inTurns } from "../reports/cooperative.ts";

/** What it takes to show a chart. */
export interface PictureDeps {
  readonly painter: Painter;
  readonly gallery: Gallery;
  readonly pictures: PictureRenderer;
  /** How long a message waits for its picture, in milliseconds. @default 4_000 */
  readonly patience?: number;
}

export interface IllustrateDeps extends PictureDeps, LearnDeps {
  readonly profiles: Profiles;
  readonly isHoliday: (bucket: Bucket, profile: SeriesProfile) => boolean;
  /** Told of each picture that could not be had. */
  readonly onLost?: (error: unknown, notice: Notice) => void;
}

/**
 * Shows the series of an incident in its message: a picture, or what stands in for it. A message that waits for a
 * picture is worse than one without, so whatever fails or takes long is left out, and the next edit tries again.
 */
export const illustrator =
  (deps: IllustrateDeps): Illustrate =>
  async (message, notice, known) => {
    const lost = (error: unknown) => void deps.onLost?.(error, notice);
    const chart = await chartFor(notice, deps).catch(lost);
    if (!chart || chart.points.length === 0) return message;
    const pictures = known
      ? [...known, ...deps.pictures.otherwise(chart)]
      : await picturesOf(chart, deps, lost);
    return { ...message, pictures };
  };

/**
 * What may show a chart, the best first. @param summary is shown where there is no picture, which holds more than Slack's
 * own charts do. @param lost is told why there is none.
 */
export async function picturesOf(
  chart: ChartData,
  deps: PictureDeps,
  lost: (error: unknown) => void,
  summary = chart,
): Promise<Block[]> {
  const id = await hang(chart, deps).catch(lost);
  const { pictures } = deps;
  return [...(id ? [pictures.image(id, chart)] : []), ...pictures.otherwise(summary)];
}

async function hang(
  chart: ChartData,
  { painter, gallery, patience = 4 * SECOND }: PictureDeps,
): Promise<string> {
  const signal = AbortSignal.timeout(patience);
  const png = await painter(chart);
  signal.throwIfAborted();
  return gallery.hang(png, chart, signal);
}

async function chartFor({ incident, watch }: Notice, deps: IllustrateDeps): Promise<ChartData | undefined> {
  const id = seriesId(watch.series);
  const stored = await learnableOf(id, deps);
  if (!stored) return undefined;
  const profile = (await deps.profiles())(id);
  const { direction, openedAt, lastAnomalousBucket } = incident;
  const frame = {
    ...spanOf(incident, profile.unit),
    title: watch.segmentName ? [watch.appName, watch.segmentName] : [watch.appName],
    incidents: [{ direction, from: openedAt, to: lastAnomalousBucket }],
    isHoliday: (bucket: Bucket) => deps.isHoliday(bucket, profile),
  };
  return inTurns(chartInSlices(stored, profile, frame));
}
