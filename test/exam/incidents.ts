import { type Evidence, verdictOf } from "../../src/detector/detector.ts";
import type { Direction, Verdict } from "../../src/detector/verdict.ts";
import { beginCause, type Cause } from "../../src/incidents/alert-group.ts";
import { follow, type Incident } from "../../src/incidents/incident.ts";
import {
  type AlertBudget,
  admit,
  defaultAlertBudget,
  type Spending,
} from "../../src/notifications/alert-limit.ts";
import { decide, isReminder, type NoticeReason } from "../../src/notifications/decide.ts";
import { defaultReminding } from "../../src/notifications/reminder.ts";
import { defaultRules, type Watch } from "../../src/settings/watch.ts";
import { type Bucket, HOUR, MINUTE } from "../../src/time/time.ts";
import type { ExamAlert } from "./score.ts";

/** Something that people would have been told, at the bucket it was told of. */
export interface Saying extends ExamAlert {
  readonly incidentId: string;
  /** `digest`: told there, since the budget was spent. */
  readonly what: NoticeReason | "digest";
}

/** What one watch would have said of a series. */
export interface Said {
  readonly sayings: readonly Saying[];
  /** Anomalous buckets of incidents that people had been told of, the bucket at which they were included. */
  readonly shown: readonly ExamAlert[];
}

/** When an hour is judged, after its beginning. */
const JUDGED_AFTER = HOUR + 15 * MINUTE;

/** Lets a watch live through a series: verdicts, incidents, decisions and the alert budget, with nobody to react. */
export function livedThrough(
  series: string,
  evidence: readonly Evidence[],
  budget: AlertBudget = defaultAlertBudget,
): Said {
  const watch: Watch = {
    ...defaultRules,
    id: series,
    series: { workspace: "exam", app: series, unit: "hour" },
    appName: series,
    channel: "C0EXAM",
    createdAt: 0,
  };
  const teller = tellerOf(watch, budget);
  const current: { [direction in Direction]?: Incident } = {};
  for (const seen of evidence) {
    const verdict = verdictOf(seen, watch);
    for (const direction of ["drop", "spike"] as const) {
      const after = follow(current[direction], verdict, direction, watch);
      if (after) current[direction] = teller.tell(after, verdict);
    }
  }
  return teller;
}

function tellerOf(watch: Watch, budget: AlertBudget) {
  const sayings: Saying[] = [];
  const shown: ExamAlert[] = [];
  const causes = new Map<string, Cause>();
  let spending: Spending = { id: watch.channel, spent: [], version: 0 };

  /** Says what is to be said of an incident, and answers it as people know it by then. */
  function tell(incident: Incident, verdict: Verdict): Incident {
    const { bucket } = verdict;
    const { id, direction, severity, resolvedAt } = incident;
    const now = bucket + JUDGED_AFTER;
    const cause = causes.get(id) ?? beginCause(id, incident, "hour");
    const decision = decide(cause, [{ incident, watch }], { now, reminding: defaultReminding });
    let told = incident;
    if ("say" in decision || decision.digest) {
      const what = "say" in decision ? room(cause, incident, decision.say, now) : "digest";
      const isDigest = what === "digest";
      if (what !== "updated" && !(isDigest && incident.told))
        sayings.push({ bucket, direction, incidentId: id, what });
      causes.set(id, {
        ...cause,
        ...(isDigest ? { digestId: "digest" } : { ref: { channel: watch.channel, ts: id } }),
      });
      told = {
        ...incident,
        told: { ...toldAt(incident, what, now), severity, resolved: resolvedAt !== undefined, bucket },
      };
    }
    const isShown = told.told && verdict.kind === "anomalous" && incident.lastAnomalousBucket === bucket;
    if (isShown) shown.push({ bucket, direction });
    return told;
  }

  function room(cause: Cause, incident: Incident, say: NoticeReason, now: number): Saying["what"] {
    if (cause.ref) return say;
    const admission = admit(spending, cause, [{ incident, watch }], budget, now);
    spending = admission.spending;
    return admission.to === "message" ? say : "digest";
  }

  const toldAt = ({ told }: Incident, what: Saying["what"], at: number) => ({
    at,
    saidAt: what === "updated" ? (told?.saidAt ?? at) : at,
    newsAt: what === "updated" || (what !== "digest" && isReminder(what)) ? (told?.newsAt ?? at) : at,
    channel: watch.channel,
    ts: "1",
  });

  return { sayings, shown, tell };
}

/** Whether it is a message of its own in the channel. */
export const isRoot = ({ what }: Saying): boolean => what === "opened" || what === "missed";

/** The buckets of a stretch of time. */
export const within = <Thing extends { readonly bucket: Bucket }>(
  things: readonly Thing[],
  from: Bucket,
  to: Bucket,
): Thing[] => things.filter(({ bucket }) => bucket >= from && bucket <= to);
