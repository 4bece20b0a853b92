import type { Direction } from "../../src/detector/verdict/verdict.ts";
import { HOUR, type Hour, WEEK } from "../../src/time/time.ts";

/** What the exam says of one series. */
export interface ExamLabels {
  readonly base: string;
  readonly role: string;
  readonly vclass: string;
  readonly scored_from: string;
  readonly scored_to: string;
  readonly incidents: readonly ExamIncident[];
}

export interface ExamIncident {
  readonly kind: string;
  readonly direction: Direction | "any";
  readonly magnitude: number;
  readonly hours: number;
  /** Its size in natural deviations of the series at that hour. */
  readonly snr?: number;
  readonly start: string;
  readonly end: string;
  /** Until when alerts say nothing about the detector, after a change of level. */
  readonly ignore_to?: string;
}

export interface ExamAlert {
  readonly bucket: Hour;
  readonly direction: Direction;
}

/** How the alerts of one series fare. */
export interface Scored {
  /** For each incident, the hours from its start to each alert that found it. */
  readonly found: readonly { readonly incident: ExamIncident; readonly delays: number[]; after: number }[];
  /** Runs of false alerts. */
  readonly falseAlerts: readonly ExamAlert[];
  /** Weeks in which a false alert could be raised. */
  readonly weeks: number;
}

/** An alert counts up to two buckets after an incident; false ones within three of each other count once. */
const GRACE = 2;
const RUN = 3;

/**
 * Compares the alerts of a series, in order, with what is known of it: the rules of the exam.
 * @param step how long a bucket is, in milliseconds
 */
export function scoreAlerts(alerts: readonly ExamAlert[], labels: ExamLabels, step: number = HOUR): Scored {
  const [grace, run] = [GRACE * step, RUN * step];
  const [from, to] = [Date.parse(labels.scored_from), Date.parse(labels.scored_to)];
  const found = labels.incidents.map((incident) => ({
    incident,
    start: Date.parse(incident.start),
    end: Date.parse(incident.end),
    ignoreTo: incident.ignore_to ? Date.parse(incident.ignore_to) : Date.parse(incident.end) + grace,
    delays: [] as number[],
    after: 0,
  }));
  const falseAlerts: ExamAlert[] = [];
  const lastFalse: { [direction in Direction]?: Hour } = {};
  for (const alert of alerts.filter(({ bucket }) => bucket >= from && bucket <= to)) {
    const { bucket, direction } = alert;
    const during = found.find(({ start, end }) => start <= bucket && bucket <= end + grace);
    if (during && (during.incident.direction === direction || during.incident.direction === "any")) {
      during.delays.push((bucket - during.start) / HOUR);
      continue;
    }
    // The other way round just after an incident is a note of its end.
    if (during && bucket > during.end) continue;
    const ignored = !during && found.find(({ start, ignoreTo }) => start <= bucket && bucket <= ignoreTo);
    if (ignored) {
      ignored.after++;
      continue;
    }
    const previous = lastFalse[direction];
    lastFalse[direction] = bucket;
    if (previous === undefined || bucket - previous > run) falseAlerts.push(alert);
  }
  return { found, falseAlerts, weeks: (to - from + step - busy(found, from, to, step)) / WEEK };
}

/** How long incidents, and what is ignored after them, took up the time that is scored. */
function busy(
  found: readonly { readonly start: Hour; readonly end: Hour; readonly ignoreTo: Hour }[],
  from: Hour,
  to: Hour,
  step: number,
): number {
  const buckets = new Set<Hour>();
  for (const { start, end, ignoreTo } of found) {
    const last = Math.min(to, Math.max(end + GRACE * step, ignoreTo));
    for (let bucket = Math.max(from, start); bucket <= last; bucket += step) buckets.add(bucket);
  }
  return buckets.size * step;
}

/** Incidents of at least three natural deviations: those that one should act on. */
export const isActionable = ({ snr }: ExamIncident): boolean => (snr ?? 0) >= 3;
