import { HOUR, type Hour, hourOf, type Instant } from "../../src/time/time.ts";
import type { Counts } from "./counts.ts";
import { factorOf, type ScriptedIncident, type Target } from "./incidents.ts";

/** An app of the simulated workspace. */
export interface SimulatedApp {
  readonly id: string;
  readonly name?: string;
  readonly counts: Counts;
}

/** A segment; its sessions are the same share of every app's. */
export interface SimulatedSegment {
  readonly id: string;
  readonly name?: string;
  readonly share: number;
  /** Whether analytics tracking is on, without which Braze tells no series. @default true */
  readonly tracked?: boolean;
}

/** What there is to be counted, and what happens to it. */
export interface Workspace {
  /** By id: there may be thousands. */
  readonly apps: ReadonlyMap<string, SimulatedApp>;
  readonly segments: readonly SimulatedSegment[];
  /** Grows while the simulator runs. */
  readonly incidents: readonly ScriptedIncident[];
}

/** All sessions of a UTC hour, once the last of them has arrived. */
export function sessionsOf(
  { apps, segments, incidents }: Workspace,
  { app, segment }: Target,
  hour: Hour,
): number {
  const share = segment === undefined ? 1 : (segments.find(({ id }) => id === segment)?.share ?? 0);
  const asked = app === undefined ? [...apps.values()] : [apps.get(app)];
  const counts = asked.map((one) =>
    one ? one.counts(hour) * factorOf(incidents, one.id, segment, hour) : 0,
  );
  return Math.round(share * counts.reduce((sum, count) => sum + count, 0));
}

/** The sessions from one instant to another, which need not be the edges of UTC hours. */
export function sessionsBetween(workspace: Workspace, series: Target, from: Instant, to: Instant): number {
  let sessions = 0;
  for (let hour = hourOf(from); hour < to; hour += HOUR) {
    const covered = (Math.min(to, hour + HOUR) - Math.max(from, hour)) / HOUR;
    sessions += covered * sessionsOf(workspace, series, hour);
  }
  return Math.round(sessions);
}

/** Whether such a series is told: its app exists, and its segment exists and is tracked. */
export function unknownPart(
  { apps, segments }: Workspace,
  { app, segment }: Target,
): "app" | "segment" | undefined {
  if (app !== undefined && !apps.has(app)) return "app";
  const isTracked = segments.some(({ id, tracked = true }) => id === segment && tracked);
  return segment !== undefined && !isTracked ? "segment" : undefined;
}
