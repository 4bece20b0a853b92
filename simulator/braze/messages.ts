import type { BrazeMetric } from "../../src/metrics/metric.ts";
import { brazeMetricOf, type MetricName, metricNames } from "../../src/metrics/metrics.ts";
import { fingerprint } from "../../src/series/fingerprint.ts";
import { HOUR, type Hour } from "../../src/time/time.ts";
import { scattered } from "./counts.ts";
import { factorOf } from "./incidents.ts";
import type { Writing } from "./switches.ts";
import type { SimulatedMessages, Workspace } from "./workspace.ts";

/** What Braze counts of the messages of a channel, and how many of it there are for each that is sent. */
const CHANNELS: Readonly<Record<string, Readonly<Record<string, number>>>> = {
  email: { sent: 1, opens: 0.3, delivered: 0.98, bounces: 0.012 },
  ios_push: { sent: 1, direct_opens: 0.05, bounces: 0.02 },
  android_push: { sent: 1, direct_opens: 0.04, bounces: 0.03 },
  sms: { sent: 1, delivered: 0.97, delivery_failed: 0.02 },
  whats_app: { sent: 1, delivered: 0.97, failed: 0.01 },
  webhook: { sent: 1, errors: 0.004 },
};

/** The first variation, or step, gets this share. */
const FIRST = 0.6;

const kindOf = (workspace: Workspace, id: string | undefined) =>
  workspace.canvases?.some((one) => one.id === id) ? "canvas" : "campaign";

/** The campaign or Canvas with an id. */
export const messagesOf = ({ campaigns = [], canvases = [] }: Workspace, id: string | undefined) =>
  [...campaigns, ...canvases].find((one) => one.id === id);

/** What a metric counts of a campaign or Canvas in a UTC hour. */
export function figureOf(
  workspace: Workspace,
  metric: MetricName,
  id: string | undefined,
  hour: Hour,
): number {
  const known = messagesOf(workspace, id);
  const { field } = brazeMetricOf({ metric });
  if (!known) return 0;
  if (field === "entries") return happening(workspace, known, { metric, share: 1, seed: "entries" }, hour);
  const channels = channelsOf(brazeMetricOf({ metric })).filter((channel) =>
    known.channels.includes(channel),
  );
  return channels.reduce((sum, channel) => sum + sentOf(workspace, known, channel, field, hour), 0);
}

/** The channels that a metric sums. */
const channelsOf = ({ within = [] }: BrazeMetric): readonly string[] =>
  within.flatMap((step) => (typeof step === "string" ? [] : step));

const sentOf = (workspace: Workspace, known: SimulatedMessages, channel: string, field: string, hour: Hour) =>
  happening(
    workspace,
    known,
    {
      metric: metricsOfChannels.get(figureName(kindOf(workspace, known.id), channel, field)),
      share: CHANNELS[channel]?.[field] ?? 0,
      seed: `${channel}.${field}`,
    },
    hour,
  );

const figureName = (kind: "campaign" | "canvas", channel: string, field: string) =>
  `${kind} ${channel} ${field}`;

/** The metric of one channel that has a field, if there is one; of several the last, which counts fewer channels. */
const metricsOfChannels = new Map(
  metricNames.flatMap((name) => {
    const metric = brazeMetricOf({ metric: name });
    const kind = metric.item?.parameter;
    if (kind !== "campaign" && kind !== "canvas") return [];
    return channelsOf(metric).map((channel) => [figureName(kind, channel, metric.field), name] as const);
  }),
);

function happening(
  { apps, incidents }: Workspace,
  { id, perSession }: SimulatedMessages,
  {
    metric,
    share,
    seed,
  }: { readonly metric: MetricName | undefined; readonly share: number; readonly seed: string },
  hour: Hour,
): number {
  return [...apps.values()].reduce((sum, app) => {
    const of = { item: id, ...(metric && { metric }) };
    const mean = share * perSession * app.counts(hour) * factorOf(incidents, app.id, of, hour);
    return sum + scattered(fingerprint(`${seed}.${id}.${app.id}`), hour / HOUR, mean);
  }, 0);
}

/** The count of a field in a day, so far as it has arrived. */
type Arrived = (ofHour: (hour: Hour) => number) => number;

/** A row without its time. */
export type Figures = Readonly<Record<string, unknown>>;

/** The day of a campaign as `/campaigns/data_series` writes it. */
export function campaignRow(
  workspace: Workspace,
  known: SimulatedMessages,
  arrived: Arrived,
  writing: Writing,
): Figures {
  const restated = { conversions: 0, conversions_by_send_time: 0, unique_recipients: 0, revenue: 0 };
  const messages = messagesIn(workspace, known, arrived, writing);
  return { ...(messages && { messages }), ...restated };
}

/** The day of a Canvas as `/canvas/data_series` writes it. */
export function canvasRow(
  workspace: Workspace,
  known: SimulatedMessages,
  arrived: Arrived,
  writing: Writing,
  hasSteps: boolean,
): Figures {
  const restated = { revenue: 0, conversions: 0, conversions_by_entry_time: 0 };
  const entries = arrived((hour) => figureOf(workspace, "canvas-entries", known.id, hour));
  const messages = messagesIn(workspace, known, arrived, writing);
  return {
    total_stats: { ...restated, entries },
    ...(hasSteps && {
      step_stats: {
        // A step that only waits has no messages.
        "step-0": { name: "Wait", ...restated },
        "step-1": { name: "Message", ...restated, ...(messages && { messages }) },
      },
    }),
  };
}

/** Whether nothing at all was counted on a day. */
export const isEmptyDay = (row: Figures): boolean => !/"(?:sent|entries)":[1-9]/.test(JSON.stringify(row));

function messagesIn(
  workspace: Workspace,
  known: SimulatedMessages,
  arrived: Arrived,
  { unusedChannels, controlGroup, noSends }: Writing,
): Figures | undefined {
  const used = known.channels.map((channel) => {
    const totals = Object.keys(CHANNELS[channel] ?? {}).map(
      (field) => [field, arrived((hour) => sentOf(workspace, known, channel, field, hour))] as const,
    );
    const variations = [FIRST, 1 - FIRST].map((share, i) => ({
      variation_name: i === 0 ? "Variant 1" : "Variant 2",
      variation_api_id: `${known.id}-${i}`,
      ...Object.fromEntries(
        totals.map(([field, total]) => [
          field,
          i === 0 ? Math.floor(total * share) : total - Math.floor(total * FIRST),
        ]),
      ),
    }));
    const control = { variation_name: "Control Group", variation_api_id: `${known.id}-control`, enrolled: 0 };
    return [channel, controlGroup === "without-sent" ? [...variations, control] : variations] as const;
  });
  const isSilent = isEmptyDay(Object.fromEntries(used));
  if (isSilent && noSends === "no-messages") return undefined;
  const unused = Object.keys(CHANNELS).filter((channel) => !known.channels.includes(channel));
  return {
    ...Object.fromEntries(used),
    ...(unusedChannels !== "left-out" &&
      Object.fromEntries(unused.map((channel) => [channel, unusedChannels === "[]" ? [] : null]))),
  };
}
