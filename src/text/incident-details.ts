import { impactOf } from "../detector/verdict/verdict.ts";
import type { Member } from "../incidents/alert-group.ts";
import { beganAt, type Incident } from "../incidents/incident.ts";
import type { Note } from "../incidents/note.ts";
import { metricOf, summedOf } from "../metrics/metrics.ts";
import type { AlertContext } from "../notifications/context.ts";
import type { AuditedDecision } from "../reports/audit.ts";
import type { Watch } from "../settings/watch.ts";
import { decisionWords } from "./audit.ts";
import { memberState, memberWords } from "./group-members.ts";
import { against, changeAgainst, differenceOf, titleOf, wordsFor } from "./incidents.ts";
import { count, counted, ofMetric, times } from "./numbers.ts";
import { capital, joined, name, person, strong, type Text, text, time } from "./text.ts";

/** What the details of an incident show. */
export interface IncidentFacts {
  readonly incident: Incident;
  readonly watch: Watch;
  readonly members: readonly Member[];
  readonly alertContext: AlertContext;
  /** The decisions about it, oldest first. */
  readonly decisions: readonly AuditedDecision[];
}

/** The words of the details of an incident. */
export const incidentView = {
  title: "Incident",
  larger: "◀ Larger",
  smaller: "Smaller ▶",
  open: "Open the alert",
} as const;

/** The incident in one line. */
export const incidentHeadline = ({ incident, watch }: IncidentFacts): Text =>
  text`${wordsFor({ incident }).arrow} ${titleOf({ watch })} ${changeAgainst(incident.latest, watch.series)}`;

/** All numbers of an incident, a line each. */
export function incidentNumbers({ incident, watch, alertContext }: IncidentFacts): Text[] {
  const { unit } = watch.series;
  const { worst, reopenedAt, resolvedAt } = incident;
  const lines: Text[] = [
    text`Began ${time(beganAt(incident), unit)}`,
    text`Last anomalous ${unit}: ${time(incident.lastAnomalousBucket, unit)}`,
    text`Latest ${unit}, ${time(incident.lastBucket, unit)}: ${against(incident.latest, watch.series)}`,
    text`Worst ${unit}: ${changeAgainst(worst, watch.series)}`,
    ...(Number.isNaN(worst.anomalyScore)
      ? []
      : [text`Highest anomaly score: ${times(worst.anomalyScore)}, over ${counted(worst.window, unit)}`]),
    capital([
      `${differenceOf({ incident, watch })} of ${ofMetric(expectedOf({ incident, watch }), summedOf(watch.series))} expected`,
    ]),
    ...(reopenedAt === undefined ? [] : [text`Reopened: ${time(reopenedAt, unit)}`]),
    ...(incident.retracted === undefined
      ? []
      : [text`Retracted: Braze corrected its ${unit}s, and they are as expected`]),
    ...(resolvedAt === undefined ? [] : [text`Resolved: ${time(resolvedAt, unit)}`]),
    text`${counted(alertContext.weeks, "week")} of history`,
  ];
  return lines.map(bullet);
}

/** What was expected since it opened; of a level, which counts the same users every day, in the newest bucket. */
const expectedOf = ({ incident, watch }: Pick<IncidentFacts, "incident" | "watch">): number =>
  metricOf(summedOf(watch.series)).kind === "level" ? impactOf(incident.latest).expected : incident.expected;

/** The other incidents in its message, one page of them. */
export function membersText(members: readonly Member[], total: number, page: number, pages: number): Text {
  const title = pages > 1 ? `, page ${count(page + 1)} of ${count(pages)}` : "";
  const lines = members.map((member) => bullet(text`${memberWords(member)}, ${memberState(member)}`));
  return text`${strong("In the same alert")} (${count(total)}${title})\n${joined(lines, "\n")}`;
}

/** The number of decisions that are listed, the newest. */
const DECISIONS = 12;

/** The decisions about it, with their reasons. */
export function decisionsText({ decisions, watch: { series } }: IncidentFacts): Text {
  const left = decisions.length - DECISIONS;
  const lines = [
    ...(left > 0 ? [[counted(left, "earlier decision")]] : []),
    ...decisions
      .slice(-DECISIONS)
      .map(
        ({ at, bucket, decision }) =>
          text`${time(at)} ${decisionWords(decision)} (${series.unit} ${time(bucket, series.unit)})`,
      ),
  ];
  return text`${strong("Notification log")}\n${joined(lines.map(bullet), "\n")}`;
}

/** What people wrote about it in its thread, the newest. */
export function notesText(notes: readonly Note[]): Text {
  const lines = notes
    .slice(-NOTES)
    .map(({ by, at, text: written }) => text`${time(at)} ${person(by)}: ${name(written, 500)}`);
  return text`${strong("Notes")}\n${joined(lines.map(bullet), "\n")}`;
}

/** How many notes are listed: a section has room for 3,000 characters. */
const NOTES = 5;

const bullet = (line: Text): Text => text`• ${line}`;
