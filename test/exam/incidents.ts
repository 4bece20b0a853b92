import { type Evidence, verdictOf } from "../../src/detector/detector.ts";
import type { Direction, Verdict } from "../../src/detector/verdict/verdict.ts";
import { type AlertGroup, openAlertGroup } from "../../src/incidents/alert-group.ts";
import type { Incident } from "../../src/incidents/incident.ts";
import { follow } from "../../src/incidents/life-cycle.ts";
import {
  type AlertLimits,
  defaultAlertLimits,
  type LimitUsage,
  tryAcquire,
} from "../../src/notifications/alert-limit.ts";
import { decide, isReminder, type NotificationReason } from "../../src/notifications/decide.ts";
import { defaultReminding } from "../../src/notifications/reminder.ts";
import { defaultRules, type Watch } from "../../src/settings/watch.ts";
import { type Bucket, HOUR, MINUTE } from "../../src/time/time.ts";
import type { ExamAlert } from "./score.ts";

/** Something that people would have been told, at the bucket it was told of. */
export interface ExamPost extends ExamAlert {
  readonly incidentId: string;
  /** `digest`: told there, since the budget was counted. */
  readonly what: NotificationReason | "digest";
}

/** What one watch would have said of a series. */
export interface ExamPosts {
  readonly posts: readonly ExamPost[];
  /** Anomalous buckets of incidents that people had been told of, the bucket at which they were included. */
  readonly shown: readonly ExamAlert[];
}

/** When an hour is evaluated, after its beginning. */
const EVALUATED_AFTER = HOUR + 15 * MINUTE;

/** Lets a watch live through a series: verdicts, incidents, decisions and the alert limit, with nobody to react. */
export function livedThrough(
  series: string,
  evidence: readonly Evidence[],
  alertLimits: AlertLimits = defaultAlertLimits,
): ExamPosts {
  const watch: Watch = {
    ...defaultRules,
    id: series,
    series: { workspace: "exam", app: series, unit: "hour" },
    appName: series,
    channel: "C0EXAM",
    createdAt: 0,
  };
  const person = personOf(watch, alertLimits);
  const current: { [direction in Direction]?: Incident } = {};
  for (const seen of evidence) {
    const verdict = verdictOf(seen, watch);
    for (const direction of ["drop", "spike"] as const) {
      const after = follow(current[direction], verdict, direction, watch);
      if (after) current[direction] = person.notice(after, verdict);
    }
  }
  return person;
}

function personOf(watch: Watch, alertLimits: AlertLimits) {
  const posts: ExamPost[] = [];
  const shown: ExamAlert[] = [];
  const alertGroups = new Map<string, AlertGroup>();
  let usage: LimitUsage = { id: watch.channel, counted: [], version: 0 };

  /** Says what is to be said of an incident, and answers it as people know it by then. */
  function notice(incident: Incident, verdict: Verdict): Incident {
    const { bucket } = verdict;
    const { id, direction, severity, resolvedAt } = incident;
    const now = bucket + EVALUATED_AFTER;
    const alertGroup = alertGroups.get(id) ?? openAlertGroup(id, incident, "hour");
    const decision = decide(alertGroup, [{ incident, watch }], { now, reminding: defaultReminding });
    let lastNotified = incident;
    if ("notify" in decision || decision.overflow) {
      const what = "notify" in decision ? groupKey(alertGroup, incident, decision.notify, now) : "digest";
      const isOverflow = what === "digest";
      if (what !== "updated" && !(isOverflow && incident.lastNotified))
        posts.push({ bucket, direction, incidentId: id, what });
      alertGroups.set(id, {
        ...alertGroup,
        ...(isOverflow ? { overflowId: "digest" } : { ref: { channel: watch.channel, ts: id } }),
      });
      lastNotified = {
        ...incident,
        lastNotified: {
          ...notifiedAt(incident, what, now),
          severity,
          resolved: resolvedAt !== undefined,
          bucket,
        },
      };
    }
    const isShown =
      lastNotified.lastNotified && verdict.kind === "anomalous" && incident.lastAnomalousBucket === bucket;
    if (isShown) shown.push({ bucket, direction });
    return lastNotified;
  }

  function groupKey(
    alertGroup: AlertGroup,
    incident: Incident,
    notify: NotificationReason,
    now: number,
  ): ExamPost["what"] {
    if (alertGroup.ref) return notify;
    const admission = tryAcquire(usage, alertGroup, [{ incident, watch }], alertLimits, now);
    usage = admission.usage;
    return admission.to === "message" ? notify : "digest";
  }

  const notifiedAt = ({ lastNotified }: Incident, what: ExamPost["what"], at: number) => ({
    at,
    notifiedAt: what === "updated" ? (lastNotified?.notifiedAt ?? at) : at,
    newsAt: what === "updated" || (what !== "digest" && isReminder(what)) ? (lastNotified?.newsAt ?? at) : at,
    channel: watch.channel,
    ts: "1",
  });

  return { posts, shown, notice };
}

/** Whether it is a message of its own in the channel. */
export const isRoot = ({ what }: ExamPost): boolean => what === "opened" || what === "missed";

/** The buckets of a stretch of time. */
export const within = <Thing extends { readonly bucket: Bucket }>(
  things: readonly Thing[],
  from: Bucket,
  to: Bucket,
): Thing[] => things.filter(({ bucket }) => bucket >= from && bucket <= to);
