import type { HealthIssue } from "../../health/health-issue.ts";
import { type DataState, pausedBy } from "../../health/no-data.ts";
import { beganAt, type Incident } from "../../incidents/incident.ts";
import type { Mute } from "../../notifications/mute.ts";
import { seriesId } from "../../series/series.ts";
import { type Watch, watchTitle } from "../../settings/watch.ts";
import { MINUTE } from "../../time/time.ts";
import { healthIssueTitle } from "../health.ts";
import { against, wordsFor } from "../incidents.ts";
import { change, counted } from "../numbers.ts";
import { dataStateWords, overviewOf, overviewWords } from "../overview.ts";
import { channel, code, joined, name, person, strong, type Text, text, time } from "../text.ts";
import { scopeTitle } from "../titles.ts";
import { type Answer, type AnswerPart, list, listOf, paragraph } from "./answer.ts";

/** The current state of everything. */
export interface Outlook {
  readonly watches: readonly Watch[];
  readonly open: readonly OpenOne[];
  readonly healthIssues: readonly HealthIssue[];
  readonly mutes: readonly Mute[];
  /** What is known of each series, by its id. */
  readonly data: ReadonlyMap<string, DataState>;
  readonly backlog: {
    readonly series: number;
    readonly behind: number;
    readonly unread: number;
    readonly lag: number;
  };
}

/** Open incidents, health issues, delays and mutes. */
export function statusAnswer({ watches, open, healthIssues, mutes, data, backlog }: Outlook): Answer {
  const states = watches.map(({ series }) => data.get(seriesId(series)));
  const headline = overviewWords(overviewOf(states, open.length, pausedBy(data.values())));
  const blind = blindLines(watches, data);
  return {
    headline: [headline],
    parts: [
      ...group(headline, open.toSorted(byUrgency).map(incidentLine)),
      ...group("Health issues", healthIssues.map(healthIssueLine), "No health issues."),
      ...(blind.length > 0 ? group("Not evaluated", blind) : []),
      paragraph(text`${strong("Up to date")}\n${behindWords(backlog)}`),
      ...group(
        "Muted",
        mutes.map((mute) => muteLine(mute, watches)),
        "No mutes.",
      ),
    ],
  };
}

function group(heading: string, lines: readonly Text[], otherwise?: string): AnswerPart[] {
  const none = otherwise === undefined ? [] : [[otherwise]];
  return [
    list([strong(heading)], lines.length > 0 ? lines.slice(0, MOST_LINES) : none),
    ...(lines.length > MOST_LINES ? [paragraph(text`… and ${String(lines.length - MOST_LINES)} more.`)] : []),
  ];
}

type OpenOne = readonly [Incident, Watch];

/** Sorts critical incidents first, then the newest, because the list may be cut. */
const byUrgency = ([a]: OpenOne, [b]: OpenOne): number =>
  Number(b.severity === "critical") - Number(a.severity === "critical") || b.openedAt - a.openedAt;

/** Three lists share one message. */
const MOST_LINES = 10;

function incidentLine([incident, watch]: OpenOne): Text {
  const { id, severity, latest, acknowledged } = incident;
  const { arrow } = wordsFor({ incident });
  const by = acknowledged ? text`, acknowledged by ${person(acknowledged.by)}` : [];
  return text`${arrow} ${name(watchTitle(watch), 80)} ${change(latest) ?? ""} (${against(latest, watch.series)}), ${severity}, since ${time(beganAt(incident), watch.series.unit)}${by}  ·  ${code(id)}`;
}

const healthIssueLine = (healthIssue: HealthIssue): Text =>
  text`👁️ ${healthIssueTitle(healthIssue)} since ${time(healthIssue.since)}`;

/** `⚪ iOS: no data since 4:00 PM`: the watches that cannot see anomalies at present. */
const blindLines = (watches: readonly Watch[], data: Outlook["data"]): Text[] =>
  watches.flatMap((watch) => {
    const words = dataStateWords(data.get(seriesId(watch.series)) ?? {}, watch.series.unit);
    return words ? [text`⚪ ${name(watchTitle(watch), 80)}: ${words}`] : [];
  });

function behindWords({ series, behind, unread, lag }: Outlook["backlog"]): string {
  if (unread > 0) return `${unread} of ${series} series are being read for the first time.`;
  if (behind === 0) return `All ${series} series are evaluated up to their newest complete hour.`;
  return `${behind} of ${series} series are behind, the oldest by ${counted(Math.ceil(lag / MINUTE), "minute")}.`;
}

/** All current mutes. @param watches whose names people know */
export function mutesAnswer(mutes: readonly Mute[], watches: readonly Watch[]): Answer {
  if (mutes.length === 0) return { headline: text`No mutes`, parts: [paragraph(text`No mutes.`)] };
  const headline = counted(mutes.length, "active mute");
  return listOf(
    [headline],
    [strong(headline)],
    mutes.map((mute) => muteLine(mute, watches)),
  );
}

function muteLine({ scope, until, by, at, incidents }: Mute, watches: readonly Watch[]): Text {
  const what =
    scope.kind === "channel"
      ? text`channel ${channel(scope.channel)}`
      : [name(scopeTitle(scope, watches), 120)];
  const ids = joined(
    incidents.slice(0, 3).map((id) => [code(id)]),
    ", ",
  );
  const more = incidents.length > 3 ? ` and ${incidents.length - 3} more` : "";
  const end = until === "recovery" ? text`until ${ids}${more} recovers` : text`until ${time(until)}`;
  return text`🔕 ${what} ${end}, by ${person(by)} ${time(at)}`;
}
