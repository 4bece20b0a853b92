import type { Incident, Unwatched } from "./incident.ts";

/** The incident after its watch was removed. */
export const unwatch = (incident: Incident, unwatched: Unwatched): Incident => ({
  ...incident,
  resolvedAt: incident.lastBucket,
  unwatched,
});

/** The incident as if its message showed nothing yet, so that the message is edited; an edit notifies nobody. */
export const redraw = (incident: Incident): Incident =>
  incident.lastNotified
    ? {
        ...incident,
        lastNotified: { ...incident.lastNotified, resolved: false, bucket: incident.openedAt - 1 },
      }
    : incident;

/** The incident after its watch was restored: open again. */
export function rewatch(incident: Incident): Incident {
  if (!incident.unwatched) return incident;
  const { unwatched: _, resolvedAt: __, ...open } = incident;
  return redraw(open);
}
