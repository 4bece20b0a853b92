import type { Exclusion } from "./exclusion.ts";
import type { Incident } from "./incident.ts";
import type { Labelling } from "./label.ts";

/**
 * The incident as it stands with a label, or with none; what an earlier label brought with it is taken back. Expected
 * and false alarms need nobody to see to them: whoever says so acknowledges them. A new normal is over at once.
 */
export function withLabel(incident: Incident, labelled: Labelling | undefined): Incident {
  const plain = withoutLabel(incident);
  if (!labelled) return plain;
  const { label, by, at } = labelled;
  const isOpen = plain.resolvedAt === undefined;
  const isSeenTo = (label === "expected" || label === "false-alarm") && isOpen && !plain.acknowledged;
  return {
    ...plain,
    labelled,
    ...(isSeenTo && { acknowledged: { by, at } }),
    ...(label === "new-normal" && isOpen && { resolvedAt: plain.lastBucket, accepted: { by, at } }),
  };
}

/** What came with a label bears its name and its instant. */
function withoutLabel({ labelled, ...incident }: Incident): Incident {
  if (!labelled) return incident;
  const came = (with_: { readonly by: string; readonly at: number } | undefined) =>
    with_?.by === labelled.by && with_.at === labelled.at;
  const { acknowledged, accepted, resolvedAt, ...rest } = incident;
  const isOpen = resolvedAt === undefined || came(accepted);
  return {
    ...rest,
    ...(acknowledged && !came(acknowledged) && { acknowledged }),
    ...(accepted && !came(accepted) && { accepted }),
    ...(isOpen ? { ...(resolvedAt !== undefined && { reopenedAt: incident.lastBucket }) } : { resolvedAt }),
  };
}

/** Which buckets of its series a labelled incident takes out of what is learned; undefined for none. */
export function exclusionOf(incident: Incident, seriesId: string): Exclusion | undefined {
  const { id, openedAt, lastBucket, resolvedAt, labelled, accepted } = incident;
  if (!labelled || labelled.label === "false-alarm") return undefined;
  const { label, by, at } = labelled;
  // A level that was accepted before anybody said so has moved by itself.
  if (label === "new-normal" && accepted?.at !== at) return undefined;
  return {
    id,
    seriesId,
    from: openedAt,
    to: Math.max(lastBucket, resolvedAt ?? lastBucket),
    because: label === "new-normal" ? "new-level" : "label",
    by,
    at,
  };
}
