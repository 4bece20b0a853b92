import { InputError } from "../../errors.ts";
import { beganAt } from "../../incidents/incident.ts";
import { metricTitle } from "../../metrics/metrics.ts";
import { chartCooperatively } from "../../reports/chart-data.ts";
import { seriesId } from "../../series/series.ts";
import { type Watch, watchTitle } from "../../settings/watch.ts";
import { numbersOf } from "../../text/numbers.ts";
import { type Instant, stepOf } from "../../time/time.ts";
import { replayInputOf } from "../actions/feedback.ts";
import type { Context } from "../context.ts";
import { runCooperatively } from "./cooperative.ts";
import { incidentsOf } from "./incidents.ts";

/** The incidents of a watch, or of all, that were noticed since an instant, newest first. */
export async function incidentsSince(
  only: Watch | undefined,
  since: Instant,
  context: Pick<Context, "watches" | "incidents">,
) {
  const watches = only ? [only] : await context.watches.all();
  return (await incidentsOf(watches, since, context)).map(({ watch, incident }) => {
    const { buckets, ...numbers } = numbersOf(incident.worst);
    return {
      id: incident.id,
      watch: watch.id,
      title: watchTitle(watch),
      metric: metricTitle(watch.series),
      direction: incident.direction,
      severity: incident.severity,
      began: iso(beganAt(incident)),
      ...(incident.resolvedAt !== undefined && { resolved: iso(incident.resolvedAt) }),
      worst: { ...numbers, ...(buckets > 1 && { buckets }) },
      balance: Math.round(incident.balance),
      ...(incident.labelled && { label: incident.labelled.label }),
      ...(incident.acknowledged && { acknowledged: iso(incident.acknowledged.at) }),
    };
  });
}

/** The newest buckets of a watch with the expected range that it had at the time, oldest first. */
export async function seriesOf(
  watch: Watch,
  buckets: number,
  context: Pick<Context, "series" | "exclusions" | "profiles">,
) {
  const id = seriesId(watch.series);
  const [stored, profileOf] = await Promise.all([replayInputOf(id, context), context.profiles()]);
  if (!stored)
    throw new InputError(`no data has been read for ${watch.id} yet. It is read within the next minutes`);
  const profile = profileOf(id);
  const to = stored.collectedThrough;
  const frame = {
    from: to - (buckets - 1) * stepOf(watch.series.unit),
    to,
    title: [watchTitle(watch)],
    incidents: [],
    isHoliday: () => false,
    rules: watch,
  };
  const { points, unit, zone } = await runCooperatively(chartCooperatively(stored, profile, frame));
  return {
    watch: watch.id,
    title: watchTitle(watch),
    metric: metricTitle(watch.series),
    unit,
    zone,
    // A bucket without a count is not known, which is not zero.
    points: points.map(({ bucket, ...numbers }) => ({ at: iso(bucket), ...rounded(numbers) })),
  };
}

const rounded = (numbers: Readonly<Record<string, number>>): Record<string, number> =>
  Object.fromEntries(
    Object.entries(numbers).map(([name, value]) => [name, Math.round(value * 1_000) / 1_000]),
  );

const iso = (instant: number): string => new Date(instant).toISOString();
