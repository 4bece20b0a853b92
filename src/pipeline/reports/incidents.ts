import type { Incident } from "../../incidents/incident.ts";
import type { Label } from "../../incidents/label.ts";
import type { ReviewedIncident } from "../../reports/weekly-review.ts";
import type { Watch } from "../../settings/watch.ts";
import type { Instant } from "../../time/time.ts";
import type { Context } from "../context.ts";

/** An incident with its watch. */
export interface FoundIncident {
  readonly watch: Watch;
  readonly incident: Incident;
}

/** The incidents of these watches that were noticed since an instant, newest first, without those retracted. */
export async function incidentsOf(
  watches: readonly Watch[],
  since: Instant,
  { incidents }: Pick<Context, "incidents">,
): Promise<FoundIncident[]> {
  const found = await Promise.all(
    watches.map(async (watch) =>
      (await incidents.since(watch.id, since)).map((incident) => ({ watch, incident })),
    ),
  );
  return found
    .flat()
    .filter(({ incident }) => incident.retracted === undefined)
    .sort((a, b) => b.incident.openedAt - a.incident.openedAt);
}

/** Whether an incident has this label, or none. */
export const hasLabel = ({ labelled }: Incident, label: Label | "none"): boolean =>
  (labelled?.label ?? "none") === label;

/** The same incidents, the newest with the addresses of their alerts: Slack is asked for each address. */
export const withAddresses = (
  found: readonly FoundIncident[],
  most: number,
  { permalinks }: Pick<Context, "permalinks">,
): Promise<ReviewedIncident[]> =>
  Promise.all(
    found.map(async (one, i) => {
      const { lastNotified } = one.incident;
      const address = i < most && lastNotified ? await permalinks(lastNotified) : undefined;
      return { ...one, ...(address && { address }) };
    }),
  );
