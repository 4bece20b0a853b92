import type { Score, Verdict } from "../../src/detector/verdict/verdict.ts";
import type { HealthIssue } from "../../src/health/health-issue.ts";
import type { Member } from "../../src/incidents/alert-group.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import type { AlertContext } from "../../src/notifications/context.ts";
import type { NotificationReason } from "../../src/notifications/decide.ts";
import { type Notification, notificationOf } from "../../src/notifications/notification.ts";
import type { Suppression } from "../../src/notifications/suppression.ts";
import type { Exclusion } from "../../src/series/excluded-hours.ts";
import type { PlannedEvent } from "../../src/series/planned-events.ts";
import { defaultRules, type Watch } from "../../src/settings/watch.ts";
import { HOUR, type Hour, MINUTE } from "../../src/time/time.ts";

/** A Tuesday, at noon UTC. */
export const noon: Hour = Date.UTC(2026, 5, 16, 12);

export const aWatch = (over: Partial<Watch> = {}): Watch => ({
  ...defaultRules,
  id: "ios-us",
  series: { workspace: "main", app: "ios", segment: "us", unit: "hour" },
  appName: "iOS",
  segmentName: "US",
  channel: "C0ALERTS1",
  createdAt: noon - 24 * HOUR,
  ...over,
});

/** A watch on an app as a whole. */
export function anAppWatch(over: Partial<Watch> = {}): Watch {
  const { segmentName: _, ...watch } = aWatch({ series: { workspace: "main", app: "ios", unit: "hour" } });
  return { ...watch, ...over };
}

export const aScore = (over: Partial<Score> = {}): Score => ({
  observed: 610,
  expected: 1_240,
  low: 1_105,
  high: 1_382,
  anomalyScore: -7.4,
  window: 1,
  alone: { low: over.low ?? 1_105, high: over.high ?? 1_382 },
  hasRecovered: false,
  ...over,
});

export const anIncident = (over: Partial<Incident> = {}): Incident => ({
  id: "ios-us.drop@2026-06-16T12",
  watchId: "ios-us",
  direction: "drop",
  openedAt: noon,
  lastAnomalousBucket: noon,
  lastBucket: noon,
  severity: "warning",
  latest: aScore(),
  worst: aScore(),
  balance: -630,
  expected: 1_240,
  version: 0,
  ...over,
});

export const aMember = (
  incident: Partial<Incident> = {},
  watch: Partial<Watch> = {},
  suppression?: Suppression,
): Member => ({
  incident: anIncident(incident),
  watch: aWatch(watch),
  ...(suppression && { suppression }),
});

export const anEvent = (over: Partial<PlannedEvent> = {}): PlannedEvent => ({
  id: "push@2026-06-16T12:00",
  name: "Push",
  from: noon,
  to: noon + 3 * HOUR,
  scope: {},
  by: "ada",
  at: noon - 24 * HOUR,
  ...over,
});

export const anExclusion = (over: Partial<Exclusion> = {}): Exclusion => ({
  id: "2026-06-16T12/2026-06-16T14",
  seriesId: "main.ios.us.hour",
  from: noon,
  to: noon + 2 * HOUR,
  because: "hand",
  by: "ada",
  at: noon + 5 * HOUR,
  ...over,
});

export const someCircumstances = (over: Partial<AlertContext> = {}): AlertContext => ({
  relatedSeries: { watched: 0, alike: [] },
  otherApps: { watched: 0, alike: [] },
  changes: [],
  sends: [],
  planned: [],
  parts: [],
  day: "ordinary",
  weeks: 8,
  ...over,
});

/** The notification of a single incident. */
export const aNotification = (
  reason: NotificationReason,
  incident: Partial<Incident> = {},
  watch: Partial<Watch> = {},
  alertContext?: AlertContext,
): Notification => {
  const member = aMember(incident, watch);
  return {
    reason,
    kind: "one",
    alertGroup: { id: "main.C0ALERTS1.hour.drop@2026-06-16T12" },
    members: [member],
    ...member,
    ...(alertContext && { alertContext }),
    watched: { apps: 1, watches: 1 },
    zone: "UTC",
  };
};

/** The notification of several incidents, of `apps` watched apps. */
export const aGroupNotification = (
  reason: NotificationReason,
  members: readonly Member[],
  apps = 10,
): Notification =>
  notificationOf(
    reason,
    {
      id: "main.C0ALERTS1.hour.drop@2026-06-16T12",
      groupKey: "main.C0ALERTS1.hour.drop",
      openedAt: noon,
      members: [],
      version: 1,
    },
    members,
    { watched: { apps, watches: Math.max(apps, members.length) }, zoneOf: () => "UTC" },
  );

export const normal = (bucket: Hour, over: Partial<Score> = {}): Verdict => ({
  kind: "normal",
  bucket,
  score: aScore({ observed: 1_250, anomalyScore: 0.1, hasRecovered: true, ...over }),
});

export const anomalous = (
  bucket: Hour,
  severity: "warning" | "critical" = "warning",
  over: Partial<Score> = {},
): Verdict => {
  const score = aScore(over);
  return { kind: "anomalous", bucket, direction: score.anomalyScore < 0 ? "drop" : "spike", severity, score };
};

export const notEvaluated = (bucket: Hour): Verdict => ({
  kind: "not-evaluated",
  bucket,
  because: "missing",
});

export const aHealthIssue = (over: Partial<HealthIssue> = {}): HealthIssue => ({
  id: "braze.main",
  kind: "braze",
  what: ["workspace main"],
  detail: "Braze answered 401: “no”",
  advice: "Check BRAZE_API_KEY.",
  since: noon,
  grace: 2 * MINUTE,
  firstSeen: noon,
  lastSeen: noon + MINUTE,
  ...over,
});
