import type { Exclusion } from "../series/excluded-hours.ts";
import { beganAt, type Incident } from "./incident.ts";
import type { Labelling } from "./label.ts";

/**
 * The incident with a label, or without; what an earlier label had changed is reverted. Expected and false alarm also
 * acknowledge it. New normal resolves it; real and expected reopen one that ended at a new normal.
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

/** What a label changed carries the label's author and instant. */
function withoutLabel({ labelled, acknowledged, accepted, ...incident }: Incident): Incident {
  const came = (by: Pick<Labelling, "by" | "at"> | undefined): boolean =>
    by !== undefined && by.by === labelled?.by && by.at === labelled.at;
  const plain = { ...incident, ...(acknowledged && !came(acknowledged) && { acknowledged }) };
  if (!accepted) return plain;
  if (came(accepted)) return reopened(plain);
  return { ...plain, accepted, resolvedAt: plain.resolvedAt ?? accepted.bucket };
}

/** Which buckets of its series a labelled incident excludes from learning; undefined for none. */
export function exclusionOf(incident: Incident, seriesId: string): Exclusion | undefined {
  const { id, lastBucket, resolvedAt, labelled, accepted, retracted } = incident;
  if (!labelled || retracted !== undefined || labelled.label === "false-alarm") return undefined;
  const { label, by, at } = labelled;
  const isNewLevel = label === "new-normal";
  // A level that was accepted before the label has moved by itself.
  if (isNewLevel && (accepted?.at !== at || accepted.by !== by)) return undefined;
  return {
    id,
    seriesId,
    from: beganAt(incident),
    to: resolvedAt ?? lastBucket,
    because: isNewLevel ? "new-level" : "label",
    by,
    at,
  };
}
