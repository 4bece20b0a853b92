import { isRelabelled } from "../notifications/decide.ts";
import { TIDEWATCH } from "../settings/change.ts";
import type { Bucket } from "../time/time.ts";
import { beganAt, type Incident } from "./incident.ts";
import type { Label } from "./label.ts";

/** The effects of a label that people were not notified of yet, before they are put into words. */
export interface LabelFacts {
  readonly label: Label;
  readonly by: string;
  /** Whether the label was removed. */
  readonly isGone: boolean;
  /** How many incidents it applies to. */
  readonly incidents: number;
  /** The span of their buckets, from the first to the last. */
  readonly from: Bucket;
  readonly to: Bucket;
  /** Whether an incident is still open and will add buckets. */
  readonly isOpen: boolean;
}

/** The label effects to post for these incidents, of which at least one was labelled or unlabelled. */
export function labelFactsOf(incidents: readonly Incident[]): LabelFacts {
  const news = incidents.filter(isRelabelled);
  const concerned = news.length > 0 ? news : incidents;
  const newest = concerned.flatMap(({ labelled }) => labelled ?? []).toSorted((a, b) => b.at - a.at)[0];
  const gone = concerned.flatMap(({ lastNotified }) => lastNotified?.labelled ?? [])[0];
  return {
    label: (newest ?? gone)?.label ?? "real",
    by: (newest ?? gone)?.by ?? TIDEWATCH,
    isGone: newest === undefined,
    incidents: concerned.length,
    from: Math.min(...concerned.map(beganAt)),
    to: Math.max(...concerned.map(({ lastBucket, resolvedAt }) => resolvedAt ?? lastBucket)),
    isOpen: concerned.some(({ resolvedAt }) => resolvedAt === undefined),
  };
}
