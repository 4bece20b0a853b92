import type { Hour, Instant } from "../../src/time/time.ts";
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

/** A custom event of a simulated app, so many times a session. */
export interface SimulatedEvent {
  readonly name: string;
  readonly perSession: number;
}

/** A product that simulated people buy, so many times a session. */
export interface SimulatedProduct extends SimulatedEvent {
  readonly price: number;
}

/** A campaign or Canvas, whose messages are sent so many times a session, in each of its channels. */
export interface SimulatedMessages {
  readonly id: string;
  readonly name?: string;
  readonly perSession: number;
  /** As Braze names them: `email`, `ios_push`. */
  readonly channels: readonly string[];
}

/** A campaign or Canvas that is scheduled, and what it does to the sessions of all apps. */
export interface SimulatedSend {
  readonly id: string;
  readonly name: string;
  readonly type: "Campaign" | "Canvas";
  readonly time: Instant;
  /** Whether somebody sends it at once, so that no calendar names it. @default false */
  readonly isUnscheduled?: boolean;
  /** What sets it off. @default "time_based" */
  readonly schedule?: "time_based" | "action_based" | "api_triggered";
  /** As Braze names them. @default ["ios_push"] */
  readonly channels?: readonly string[];
  /** For how many hours more people come, and the share that they add. @default nobody comes */
  readonly hours?: number;
  readonly size?: number;
}

/** What there is to be counted, and what happens to it. */
export interface Workspace {
  /** By id: there may be thousands. */
  readonly apps: ReadonlyMap<string, SimulatedApp>;
  readonly segments: readonly SimulatedSegment[];
  readonly events?: readonly SimulatedEvent[];
  readonly products?: readonly SimulatedProduct[];
  readonly campaigns?: readonly SimulatedMessages[];
  readonly canvases?: readonly SimulatedMessages[];
  readonly sends?: readonly SimulatedSend[];
  /** The names and ids of what was archived or deleted. */
  readonly retired?: ReadonlySet<string>;
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
    one
      ? one.counts(hour) * factorOf(incidents, one.id, { ...(segment !== undefined && { segment }) }, hour)
      : 0,
  );
  return Math.round(share * counts.reduce((sum, count) => sum + count, 0));
}

/** Whether such a series is known: its app exists, and its segment exists and is tracked. */
export function unknownPart(
  { apps, segments }: Workspace,
  { app, segment }: Target,
): "app" | "segment" | undefined {
  if (app !== undefined && !apps.has(app)) return "app";
  const isTracked = segments.some(({ id, tracked = true }) => id === segment && tracked);
  return segment !== undefined && !isTracked ? "segment" : undefined;
}
