import type { KnownBlock } from "@slack/types";
import type { HealthIssue } from "../../../health/health-issue.ts";
import type { Acknowledgement, Incident } from "../../../incidents/incident.ts";
import type { Mute } from "../../../notifications/mute.ts";
import type { Exclusion } from "../../../series/excluded-hours.ts";
import type { PlannedEvent } from "../../../series/planned-events.ts";
import { type Watch, watchTitle } from "../../../settings/watch.ts";
import { against, wordsFor } from "../../../text/incidents.ts";
import { change, counted } from "../../../text/numbers.ts";
import { scopeTitle } from "../../../text/titles.ts";
import { MINUTE, stepOf } from "../../../time/time.ts";
import { section } from "../blocks/blocks.ts";
import { personOf } from "../blocks/mrkdwn.ts";
import { safeName } from "../blocks/names.ts";
import { localTime, localWhen } from "../blocks/when.ts";
import { healthIssueTitle } from "../messages/health.ts";
import { type Answer, answerOf } from "./answer.ts";
import { affectedBy } from "./fields.ts";
import { listBlocks, listOf } from "./lists.ts";

/** The current state of everything. */
export interface Outlook {
  readonly watches: readonly Watch[];
  readonly open: readonly OpenOne[];
  readonly healthIssues: readonly HealthIssue[];
  readonly mutes: readonly Mute[];
  readonly backlog: {
    readonly series: number;
    readonly behind: number;
    readonly unread: number;
    readonly lag: number;
  };
}

/** Open incidents, health issues, delays and mutes. */
export function statusAnswer({ watches, open, healthIssues, mutes, backlog }: Outlook): Answer {
  const headline = `${open.length === 0 ? "No open incidents" : counted(open.length, "open incident")}, ${counted(watches.length, "watch")}`;
  return answerOf(headline, [
    ...group(`*${headline}*`, open.toSorted(byUrgency).map(incidentLine)),
    ...group("*Health issues*", healthIssues.map(healthIssueLine), "No health issues."),
    section(`*Up to date*\n${behindWords(backlog)}`),
    ...group(
      "*Muted*",
      mutes.map((mute) => muteLine(mute, watches)),
      "No mutes.",
    ),
  ]);
}

const group = (heading: string, lines: readonly string[], otherwise = ""): KnownBlock[] =>
  listBlocks(
    heading,
    lines.length > 0 ? lines.slice(0, MOST_LINES) : otherwise === "" ? [] : [otherwise],
  ).concat(lines.length > MOST_LINES ? [section(`… and ${lines.length - MOST_LINES} more.`)] : []);

type OpenOne = readonly [Incident, Watch];

/** Sorts critical incidents first, then the newest, because the list may be cut. */
const byUrgency = ([a]: OpenOne, [b]: OpenOne): number =>
  Number(b.severity === "critical") - Number(a.severity === "critical") || b.openedAt - a.openedAt;

/** Three lists share one message. */
const MOST_LINES = 10;

function incidentLine([incident, watch]: OpenOne): string {
  const { id, severity, openedAt, latest, acknowledged } = incident;
  const { arrow } = wordsFor({ incident });
  const by = acknowledged ? `, acknowledged by ${personOf(acknowledged.by)}` : "";
  return `${arrow} ${safeName(watchTitle(watch), 80)} ${change(latest) ?? ""} (${against(latest, watch.series)}), ${severity}, since ${localWhen(openedAt, watch.series.unit)}${by}  ·  \`${id}\``;
}

const healthIssueLine = (healthIssue: HealthIssue): string =>
  `👁️ ${healthIssueTitle(healthIssue)} since ${localTime(healthIssue.since)}`;

function behindWords({ series, behind, unread, lag }: Outlook["backlog"]): string {
  if (unread > 0) return `${unread} of ${series} series are being read for the first time.`;
  if (behind === 0) return `All ${series} series are evaluated up to their newest complete hour.`;
  return `${behind} of ${series} series are behind, the oldest by ${counted(Math.ceil(lag / MINUTE), "minute")}.`;
}

/** All current mutes. @param watches whose names people know */
export function mutesAnswer(mutes: readonly Mute[], watches: readonly Watch[]): Answer {
  if (mutes.length === 0) return answerOf("No mutes", [section("No mutes.")]);
  const headline = counted(mutes.length, "active mute");
  return listOf(
    headline,
    `*${headline}*`,
    mutes.map((mute) => muteLine(mute, watches)),
  );
}

function muteLine({ scope, until, by, at, incidents }: Mute, watches: readonly Watch[]): string {
  const what =
    scope.kind === "channel" ? `channel <#${scope.channel}>` : safeName(scopeTitle(scope, watches), 120);
  const end =
    until === "recovery"
      ? `until ${incidents
          .slice(0, 3)
          .map((id) => `\`${id}\``)
          .join(", ")}${incidents.length > 3 ? ` and ${incidents.length - 3} more` : ""} recovers`
      : `until ${localTime(until)}`;
  return `🔕 ${what} ${end}, by ${personOf(by)} ${localTime(at)}`;
}

/** The planned events, soonest first. @param watches whose names people know */
export function eventsAnswer(events: readonly PlannedEvent[], watches: readonly Watch[]): Answer {
  if (events.length === 0)
    return answerOf("No planned events", [
      section('No planned events. To plan one: `/tidewatch event plan "NAME" Thu 18-21`.'),
    ]);
  const lines = events.map(({ id, name, from, to, scope, by }) => {
    const concerned = affectedBy({ scope }, watches);
    return `📅 *${safeName(name, 80)}* ${localTime(from)} to ${localTime(to)}${concerned ? `, ${safeName(concerned, 120)} only` : ""}  ·  ${by === "EVENTS" ? "from the settings" : `${personOf(by)}, \`${safeName(id, 120)}\``}`;
  });
  const headline = counted(events.length, "planned event");
  return listOf(headline, `*${headline}*`, lines);
}

/** The hours that are excluded from a watch, with their ids. */
export function exclusionsAnswer({ id, series: { unit } }: Watch, exclusions: readonly Exclusion[]): Answer {
  const headline =
    exclusions.length === 0
      ? `${id} has no excluded hours`
      : `${counted(exclusions.length, "exclusion")} of ${id}`;
  const lines = exclusions.map(
    (one) =>
      `\`${one.id}\` ${EXCLUDED[one.because]}: ${localWhen(one.from, unit)} to ${localWhen(one.to + stepOf(unit), unit)}, by ${personOf(one.by)}`,
  );
  return exclusions.length === 0
    ? answerOf(headline, [section(`${headline}.`)])
    : listOf(headline, `*${headline}*`, lines);
}

const EXCLUDED = {
  hand: "neither evaluated nor learned",
  label: "not learned because of a label",
  "new-level": "learned as the new level",
} as const;

/** The answer after an acknowledgement. */
export function ackAnswer(incidentId: string, { by, at }: Acknowledgement): Answer {
  const text = `${personOf(by)} acknowledged \`${incidentId}\` ${localTime(at)}. Reminders stop; you are still notified if it gets worse or resolves.`;
  return answerOf(`${personOf(by)} acknowledged ${incidentId}`, [section(`✅ ${text}`)]);
}
