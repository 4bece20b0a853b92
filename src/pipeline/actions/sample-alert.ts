import type { Incident } from "../../incidents/incident.ts";
import type { Notification } from "../../notifications/notification.ts";
import type { ChartData } from "../../reports/chart.ts";
import { defaultRules, type Watch } from "../../settings/watch.ts";
import { DAY, HOUR, hourOf, type Instant } from "../../time/time.ts";

/** The name of the invented watch. */
const SAMPLE = "Sample app";

/** An invented incident of an invented watch. */
export function sampleOf(channel: string, now: Instant, isOver: boolean): Notification {
  const bucket = hourOf(now) - HOUR;
  const watch: Watch = {
    ...defaultRules,
    id: "sample",
    appName: SAMPLE,
    series: { workspace: "sample", app: "sample", unit: "hour" },
    channel,
    createdAt: bucket,
  };
  const score = {
    observed: 643,
    expected: 1_215,
    low: 885,
    high: 1_545,
    anomalyScore: -5.2,
    window: 1,
    alone: { low: 885, high: 1_545 },
    hasRecovered: false,
  };
  const incident: Incident = {
    id: "sample.drop@test",
    watchId: watch.id,
    direction: "drop",
    openedAt: bucket,
    lastAnomalousBucket: bucket,
    lastBucket: bucket,
    severity: "warning",
    latest: score,
    worst: score,
    balance: -572,
    expected: 1_215,
    ...(isOver && { resolvedAt: bucket + HOUR }),
    version: 0,
  };
  return {
    reason: isOver ? "resolved" : "opened",
    kind: "one",
    alertGroup: { id: incident.id },
    members: [{ incident, watch }],
    incident,
    watch,
    watched: { apps: 1, watches: 1 },
    zone: "UTC",
  };
}

/** How much the chart of the sample shows. */
const CHARTED = 3 * DAY;

/** Invented counts, by day and by night, whose last hour is that of the sample. */
export function sampleChart(now: Instant): ChartData {
  const last = hourOf(now) - HOUR;
  const points = Array.from({ length: CHARTED / HOUR }, (_, i) => {
    const bucket = last - CHARTED + (i + 1) * HOUR;
    const expected = Math.round(1_215 * (0.75 + 0.25 * Math.cos((2 * Math.PI * (bucket - last)) / DAY)));
    const isDrop = bucket === last;
    // A wave of another length, so that no two days are alike.
    const observed = isDrop ? 643 : Math.round(expected * (1 + 0.08 * Math.sin(i / 2.3)));
    return {
      bucket,
      observed,
      expected,
      low: Math.round(expected * 0.73),
      high: Math.round(expected * 1.27),
    };
  });
  return {
    title: [SAMPLE],
    unit: "hour",
    zone: "UTC",
    points,
    incidents: [{ direction: "drop", from: last, to: last }],
    holidays: [],
  };
}
