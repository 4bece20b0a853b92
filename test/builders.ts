import type { Incident } from "../src/core/incident.ts";
import { HOUR, type Hour } from "../src/core/time.ts";
import type { Score, Verdict } from "../src/core/verdict.ts";
import { defaultRules, type Watch } from "../src/core/watch.ts";

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

export const aScore = (over: Partial<Score> = {}): Score => ({
  observed: 610,
  expected: 1_240,
  low: 1_105,
  high: 1_382,
  surprise: -7.4,
  window: 1,
  insideBand: false,
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
  version: 0,
  ...over,
});

export const normal = (bucket: Hour, over: Partial<Score> = {}): Verdict => ({
  kind: "normal",
  bucket,
  score: aScore({ observed: 1_250, surprise: 0.1, insideBand: true, ...over }),
});

export const anomalous = (
  bucket: Hour,
  severity: "warning" | "critical" = "warning",
  over: Partial<Score> = {},
): Verdict => {
  const score = aScore(over);
  return { kind: "anomalous", bucket, direction: score.surprise < 0 ? "drop" : "spike", severity, score };
};

export const unjudged = (bucket: Hour): Verdict => ({ kind: "unjudged", bucket, because: "missing" });
