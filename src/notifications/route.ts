import type { Incident } from "../incidents/incident.ts";
import type { Watch } from "../settings/watch.ts";
import { type Instant, MINUTE } from "../time/time.ts";
import { isCovered, type MuteScope, scopeName } from "./mute.ts";
import { type QuietHours, quietUntil } from "./quiet-hours.ts";

/** Which alerts go to a destination besides Slack. */
export interface Route {
  /** Made from its content; see `routeId`. */
  readonly id: string;
  /** What it is about; left out: every watch. */
  readonly scope?: MuteScope;
  /** The least severity. */
  readonly severity: "warning" | "critical";
  /** The name of a destination. */
  readonly destination: string;
  /** Only what nobody acknowledged so many milliseconds after it was noticed. Left out: at once. */
  readonly unacknowledgedFor?: number;
  /** The hours in which it sends nothing new; it sends afterwards what is still open. */
  readonly quiet?: Omit<QuietHours, "critical">;
  readonly by: string;
  readonly at: Instant;
}

/**
 * Names a route by what it says, so that the same route exists once.
 * @example routeId({ severity: "critical", destination: "pager" }); // => "critical-pager"
 */
export const routeId = (route: Omit<Route, "id" | "by" | "at">): string => {
  const { scope, severity, destination, unacknowledgedFor, quiet } = route;
  const parts = [
    ...(scope ? [scopeName(scope)] : []),
    ...(severity === "critical" ? [severity] : []),
    destination,
    ...(unacknowledgedFor ? [`after ${unacknowledgedFor / MINUTE}m`] : []),
    ...(quiet ? [`quiet ${[quiet.from, quiet.to, ...(quiet.days ?? [])].join("-")}`] : []),
  ];
  return parts
    .join(" ")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
};

/** Whether a route is about incidents of a watch. */
export const isRouted = (watch: Watch, { scope }: Pick<Route, "scope">): boolean =>
  scope === undefined || isCovered(watch, scope);

/**
 * Whether a route sends an incident now. @param noticedAt when Tidewatch first looked whether to send it
 * @param zone by whose clock the quiet hours of the route are meant
 */
export function isDue(
  { severity, unacknowledgedFor, quiet }: Route,
  incident: Incident,
  { now, noticedAt, zone }: { readonly now: Instant; readonly noticedAt: Instant; readonly zone: string },
): boolean {
  if (severity === "critical" && incident.severity !== "critical") return false;
  if (unacknowledgedFor && (incident.acknowledged || now < noticedAt + unacknowledgedFor)) return false;
  return !quiet || quietUntil({ ...quiet, critical: true }, now, zone) === undefined;
}
