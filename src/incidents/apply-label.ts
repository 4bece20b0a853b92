import type { Exclusion } from "../series/excluded-hours.ts";
import type { Incident } from "./incident.ts";
import type { Labelling } from "./label.ts";

/**
 * The incident as it stands with a label, or with none; what an earlier label brought with it is taken back. Expected
 * and false alarms need nobody to see to them: whoever says so acknowledges them. A new normal is over at once, and a new
 * level that was taken for normal is not when somebody says that it is none.
 */
export function withLabel(incident: Incident, labelled: Labelling | undefined): Incident {
  const plain = withoutLabel(incident);
  if (!labelled) return plain;
  const { label, by, at } = labelled;
  const { lastBucket, accepted, resolvedAt } = plain;
  const isOpen = resolvedAt === undefined;
  switch (label) {
    case "new-normal":
      return isOpen
        ? { ...plain, labelled, resolvedAt: lastBucket, accepted: { by, at, bucket: lastBucket } }
        : { ...plain, labelled };
    case "real":
      return accepted ? reopened({ ...plain, labelled }) : { ...plain, labelled };
    case "expected": {
      const open = accepted ? reopened(plain) : plain;
      return isOpen || accepted ? seenTo({ ...open, labelled }) : { ...open, labelled };
    }
    case "false-alarm":
      return isOpen ? seenTo({ ...plain, labelled }) : { ...plain, labelled };
  }
}

const seenTo = (incident: Incident & { labelled: Labelling }): Incident => {
  const { by, at } = incident.labelled;
  return incident.acknowledged ? incident : { ...incident, acknowledged: { by, at } };
};

function reopened<Open extends Incident>({ resolvedAt, ...incident }: Open) {
  return resolvedAt === undefined ? incident : { ...incident, reopenedAt: incident.lastBucket };
}

/** What came with a label bears its name and its instant. */
function withoutLabel({ labelled, acknowledged, accepted, ...incident }: Incident): Incident {
  const came = (by: Pick<Labelling, "by" | "at"> | undefined): boolean =>
    by !== undefined && by.by === labelled?.by && by.at === labelled.at;
  const plain = { ...incident, ...(acknowledged && !came(acknowledged) && { acknowledged }) };
  if (!accepted) return plain;
  if (came(accepted)) return reopened(plain);
  return { ...plain, accepted, resolvedAt: plain.resolvedAt ?? accepted.bucket };
}

/** Which buckets of its series a labelled incident takes out of what is learned; undefined for none. */
export function exclusionOf(incident: Incident, seriesId: string): Exclusion | undefined {
  const { id, openedAt, lastBucket, resolvedAt, labelled, accepted, retracted } = incident;
  if (!labelled || retracted !== undefined || labelled.label === "false-alarm") return undefined;
  const { label, by, at } = labelled;
  const isNewLevel = label === "new-normal";
  // A level that was accepted before anybody said so has moved by itself.
  if (isNewLevel && (accepted?.at !== at || accepted.by !== by)) return undefined;
  return {
    id,
    seriesId,
    from: openedAt,
    to: resolvedAt ?? lastBucket,
    because: isNewLevel ? "new-level" : "label",
    by,
    at,
  };
}
