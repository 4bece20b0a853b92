import { generated } from "../../simulator/braze/counts.ts";
import type { ScriptedIncident, Target } from "../../simulator/braze/incidents.ts";
import type { BrazeTraits } from "../../simulator/braze/simulated-braze.ts";
import type { SeriesRef } from "../../src/series/series.ts";
import type { Watch } from "../../src/settings/watch.ts";
import { DAY, HOUR, type Hour } from "../../src/time/time.ts";
import { aWatch } from "../support/builders.ts";
import { mixOf } from "./mix.ts";

const APPS = 10;
const SHARE = 0.5;

/** What the series of a fleet count: sessions of segments by the hour, or some of everything. */
export const mixtures = ["sessions", "mixed"] as const;
export type Mixture = (typeof mixtures)[number];

/** A workspace with so many series, of ten apps. */
export interface Fleet {
  readonly workspace: Pick<BrazeTraits, "apps" | "segments" | "events" | "products" | "campaigns">;
  readonly watches: readonly Watch[];
  /** One watch in a hundred falls by half in this hour, or in the day that ends with it. */
  falls(hour: Hour): ScriptedIncident[];
}

/** The same fleet in every process. Names are as long as Braze's are. @param count a multiple of ten. */
export function fleetOf(count: number, mixture: Mixture): Fleet {
  const apps = Array.from({ length: APPS }, (_, i) => ({
    id: uuid("a", i),
    counts: generated({ seed: 10 + 10 * i, level: 1_000 * (1 + i), zone: "UTC" }),
  }));
  const segments = Array.from({ length: count / APPS }, (_, i) => ({ id: uuid("b", i), share: SHARE }));
  const mix = mixOf(mixture === "mixed" ? count / APPS : 0, (i) => uuid("c", i));
  const watches = apps.flatMap(({ id: app }, i) =>
    segments.map(({ id: segment }, j) => {
      const { isOfSegment = true, isOfApp = true, ...counted } = mix.series(i, j) ?? {};
      return aWatch({
        id: `storefront-${i}-segment-${j}`,
        series: {
          workspace: "main",
          ...(isOfApp && { app }),
          ...(isOfSegment && { segment }),
          unit: "hour",
          ...counted,
        },
        appName: `Storefront ${i}`,
        segmentName: `Segment ${j}`,
        // A channel for each app.
        channel: channelOf(i),
      });
    }),
  );
  return {
    workspace: { apps, segments, ...mix.workspace },
    watches,
    falls: (hour) =>
      watches
        .filter((_, i) => i % 101 === 50)
        .map(({ series }) => series)
        // What falls in a whole app falls in all its segments.
        .filter(({ metric, segment, per }) => per === undefined && (metric ?? segment) !== undefined)
        .map((series) => {
          const hours = series.unit === "hour" ? 1 : DAY / HOUR;
          const from = hour + HOUR - hours * HOUR;
          return { series: targetOf(series), kind: "drop", from, hours, size: 0.5 };
        }),
  };
}

/** A series as the simulator names it. */
export const targetOf = ({ app, segment, metric = "sessions", item }: SeriesRef): Target => ({
  metric,
  ...(item !== undefined && { item }),
  ...(app !== undefined && { app }),
  ...(segment !== undefined && { segment }),
});

/**
 * The zone of a company whose day ends together with this hour, so that days are due in the same round as hours.
 * @example zoneThatEndsWith(Date.UTC(2026, 5, 16, 22)); // => "Etc/GMT-1"
 */
export function zoneThatEndsWith(hour: Hour): string {
  const ahead = 23 - new Date(hour).getUTCHours();
  // The signs of these zones are the other way round.
  return ahead === 0 ? "UTC" : ahead <= 14 ? `Etc/GMT-${ahead}` : `Etc/GMT+${24 - ahead}`;
}

/** The Slack channel of the app with this number. */
export const channelOf = (app: number): string => `C0FLEET${app}00`;

const uuid = (kind: string, i: number): string =>
  `${kind.repeat(8)}-89ab-cdef-0123-${String(i).padStart(12, "0")}`;
