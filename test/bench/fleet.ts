import { generated } from "../../simulator/braze/counts.ts";
import type { ScriptedIncident } from "../../simulator/braze/incidents.ts";
import type { SimulatedApp, SimulatedSegment } from "../../simulator/braze/workspace.ts";
import type { Watch } from "../../src/settings/watch.ts";
import { HOUR, type Hour } from "../../src/time/time.ts";
import { aWatch } from "../support/builders.ts";

const APPS = 10;
const SHARE = 0.5;

/** A workspace with so many series: ten apps, each with as many segments as it takes. */
export interface Fleet {
  readonly apps: readonly SimulatedApp[];
  readonly segments: readonly SimulatedSegment[];
  readonly watches: readonly Watch[];
  /** One watch in a hundred falls by half in this hour. */
  falls(hour: Hour): ScriptedIncident[];
  /** What Braze tells of every series of this app. */
  sessions(app: number, hour: Hour): number;
}

/** The same fleet in every process. Names are as long as Braze's are. @param count a multiple of ten. */
export function fleetOf(count: number): Fleet {
  const apps = Array.from({ length: APPS }, (_, i) => ({
    id: uuid("a", i),
    counts: generated({ seed: 10 + 10 * i, level: 1_000 * (1 + i), zone: "UTC" }),
  }));
  const segments = Array.from({ length: count / APPS }, (_, i) => ({ id: uuid("b", i), share: SHARE }));
  const watches = apps.flatMap(({ id: app }, i) =>
    segments.map(({ id: segment }, j) =>
      aWatch({
        id: `storefront-${i}-segment-${j}`,
        series: { workspace: "main", app, segment, unit: "hour" },
        appName: `Storefront ${i}`,
        segmentName: `Segment ${j}`,
        // A channel for each app.
        channel: channelOf(i),
      }),
    ),
  );
  return {
    apps,
    segments,
    watches,
    falls: (from) =>
      watches
        .filter((_, i) => i % 100 === 50)
        .map(({ series: { app, segment } }) => ({
          series: { ...(app && { app }), ...(segment && { segment }) },
          kind: "drop",
          from,
          hours: 1,
          size: 0.5,
        })),
    sessions: (app, hour) => Math.round(SHARE * apps[app]!.counts(hour)),
  };
}

/** The Slack channel of the app with this number. */
export const channelOf = (app: number): string => `C0FLEET${app}00`;

/** How often the app with the number of a watch comes: `watches[i]` is of app `i / (count / 10)`. */
export const appOf = (watch: number, count: number): number => Math.floor(watch / (count / APPS));

const uuid = (kind: string, i: number): string =>
  `${kind.repeat(8)}-89ab-cdef-0123-${String(i).padStart(12, "0")}`;

export const historyFrom = (to: Hour): Hour => to - (8 * 7 * 24 - 1) * HOUR;
