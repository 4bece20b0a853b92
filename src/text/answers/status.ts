import type { HealthIssue } from "../../health/health-issue.ts";
import { type DataState, pausedBy } from "../../health/no-data.ts";
import { beganAt, type Incident } from "../../incidents/incident.ts";
import type { Mute, MuteScope } from "../../notifications/mute.ts";
import { seriesId } from "../../series/series.ts";
import { type Watch, watchTitle } from "../../settings/watch.ts";
import { MINUTE } from "../../time/time.ts";
import { alertButtons } from "../alert-buttons.ts";
import { healthIssueTitle } from "../health.ts";
import { against, wordsFor } from "../incidents.ts";
import { change, counted } from "../numbers.ts";
import { dataStateWords, overviewOf, overviewWords } from "../overview.ts";
import { channel, code, joined, name, person, strong, type Text, text, time } from "../text.ts";
import { scopeTitle } from "../titles.ts";
import {
  type Answer,
  type AnswerPart,
  type AnswerRow,
  buttons,
  moreLines,
  paragraph,
  rows,
  rowsOf,
  runButton,
} from "./answer.ts";

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
  const blind = blindRows(watches, data);
  return {
    headline: [headline],
    parts: [
      ...group(headline, open.toSorted(byUrgency).map(incidentRow)),
      ...group("Health issues", healthIssues.map(healthIssueRow), "No health issues."),
      ...(blind.length > 0 ? group("Not evaluated", blind) : []),
      paragraph(text`${strong("Up to date")}\n${behindWords(backlog)}`),
      ...group(
        "Muted",
        mutes.map((mute) => muteRow(mute, watches)),
        "No mutes.",
      ),
      buttons(
        runButton("Add a watch", "watch"),
        runButton("All watches", "list"),
        runButton("Weekly review", "review"),
        runButton("Help", "help"),
      ),
    ],
  };
}

function group(heading: string, all: readonly AnswerRow[], otherwise?: string): AnswerPart[] {
  const none = otherwise === undefined ? [] : [{ text: [otherwise] }];
  return [
    rows([strong(heading)], all.length > 0 ? all.slice(0, MOST_LINES) : none),
    ...(all.length > MOST_LINES ? [paragraph([moreLines(all.length - MOST_LINES)])] : []),
  ];
}

type OpenOne = readonly [Incident, Watch];

/** Sorts critical incidents first, then the newest, because the list may be cut. */
const byUrgency = ([a]: OpenOne, [b]: OpenOne): number =>
  Number(b.severity === "critical") - Number(a.severity === "critical") || b.openedAt - a.openedAt;

/** Four lists share one message. */
const MOST_LINES = 6;

function incidentRow([incident, watch]: OpenOne): AnswerRow {
  const { id, severity, latest, acknowledged } = incident;
  const { arrow } = wordsFor({ incident });
  const by = acknowledged ? text`, acknowledged by ${person(acknowledged.by)}` : [];
  const line = text`${arrow} ${name(watchTitle(watch), 80)} ${change(latest) ?? ""} (${against(latest, watch.series)}), ${severity}, since ${time(beganAt(incident), watch.series.unit)}${by}  ·  ${code(id)}`;
  return {
    text: line,
    ...(!acknowledged && { button: runButton(alertButtons.acknowledge, `ack ${id}`) }),
  };
}

const healthIssueRow = (healthIssue: HealthIssue): AnswerRow => ({
  text: text`👁️ ${healthIssueTitle(healthIssue)} since ${time(healthIssue.since)}`,
});

/** `⚪ iOS: no data since 4:00 PM`: the watches that cannot see anomalies at present. */
const blindRows = (watches: readonly Watch[], data: Outlook["data"]): AnswerRow[] =>
  watches.flatMap((watch) => {
    const words = dataStateWords(data.get(seriesId(watch.series)) ?? {}, watch.series.unit);
    return words ? [{ text: text`⚪ ${name(watchTitle(watch), 80)}: ${words}` }] : [];
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
  return rowsOf(
    [headline],
    [strong(headline)],
    mutes.map((mute) => muteRow(mute, watches)),
  );
}

const muteRow = (mute: Mute, watches: readonly Watch[]): AnswerRow => ({
  text: muteLine(mute, watches),
  button: runButton(alertButtons.unmute, `unmute ${scopeTyped(mute.scope)}`),
});

/** A scope as it is typed. Its ids need no quotation marks. */
function scopeTyped(scope: MuteScope): string {
  switch (scope.kind) {
    case "watch":
      return `watch:${scope.watch}`;
    case "app":
      return `app:${scope.app} workspace:${scope.workspace}`;
    case "channel":
      return scope.channel;
  }
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
