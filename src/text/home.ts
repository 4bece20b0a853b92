import { beganAt } from "../incidents/incident.ts";
import { type Measured, metricOf } from "../metrics/metrics.ts";
import type { Mute, MuteScope } from "../notifications/mute.ts";
import type { Home, OpenIncident, WatchRow, WatchState } from "../reports/home.ts";
import { ENOUGH_LABELS } from "../reports/precision.ts";
import type { Watch } from "../settings/watch.ts";
import { severityWords } from "./headlines.ts";
import { healthIssueTitle } from "./health.ts";
import { changeAgainst, titleOf, wordsFor } from "./incidents.ts";
import { amount, count, counted, ofMetric } from "./numbers.ts";
import { dataStateWords } from "./overview.ts";
import { channel, code, joined, link, name, person, strong, type Text, text, time } from "./text.ts";
import { scopeTitle } from "./titles.ts";

/** A list of the dashboard: its title, its maximum length, and where the rest is. */
export const homeLists = {
  open: { title: "Open incidents", most: 10, rest: "each has its message in its channel" },
  healthIssues: { title: "Health issues", most: 5, rest: "see /tidewatch status" },
  mutes: { title: "Muted", most: 8, rest: "see /tidewatch mutes" },
  events: { title: "Planned", most: 5, rest: "see /tidewatch event list" },
} as const;

/** The labels of the dashboard's buttons. */
export const homeButtons = {
  newWatch: "New watch",
  suggest: "Watch what matters",
  planEvent: "Plan an event",
  refresh: "Refresh",
  cancel: "Cancel",
  unmute: "Unmute",
  why: "Why?",
  acknowledge: "Acknowledge",
  previous: "◀ Previous",
  next: "Next ▶",
  edit: "Edit",
  preview: "Preview",
  mute: "Mute…",
  remove: "Remove",
} as const;

export const noWatches =
  "Choose an app and a channel. Before you save a watch, you see which alerts it would have posted in the last 8 weeks.";

/** The line below the headline. */
export const homeFacts = ({ now, week, healthIssues }: Home): Text[] => [
  [`Last 7 days: ${counted(week.incidents, "incident")}, ${count(week.labelled)} labeled`],
  [
    week.precision === undefined
      ? `precision from ${ENOUGH_LABELS} labels on`
      : `precision ${Math.round(week.precision * 100)}%`,
  ],
  ...(healthIssues.length > 0 ? [[`👁️ ${counted(healthIssues.length, "health issue")}`]] : []),
  text`as of ${time(now)}`,
];

export const healthIssueLine = (healthIssue: Home["healthIssues"][number]): Text =>
  text`👁️ ${healthIssueTitle(healthIssue)} since ${time(healthIssue.since)}`;

export const eventLine = ({ name: typed, from, to }: Home["events"][number]): Text =>
  text`🗓️ ${name(typed, 80)}, ${time(from)} to ${time(to)}`;

export const listTitle = (title: string, size: number): Text => text`${strong(title)} (${count(size)})`;

export const moreLine = (left: number, rest: string): string => `and ${count(left)} more: ${rest}`;

/** An open incident with its numbers, and who takes care of it. */
export function openLines({ incident, watch, address }: OpenIncident): Text {
  const { arrow, Noun } = wordsFor({ incident });
  const { acknowledged } = incident;
  const facts = [
    [severityWords(incident.severity)],
    text`since ${time(beganAt(incident), watch.series.unit)}`,
    acknowledged ? text`Acknowledged by ${person(acknowledged.by)}` : ["Not acknowledged"],
    ...(address ? [[link(address, "Open the alert")]] : []),
  ];
  const title = text`${Noun}: ${titleOf({ watch })} ${changeAgainst(incident.latest, watch.series)}`;
  return text`${arrow} ${strong(title)}\n${joined(facts, "  ·  ")}`;
}

export function muteLine({ scope, until, by }: Mute, watches: readonly Watch[]): Text {
  const end = until === "recovery" ? ["it recovers"] : [time(until)];
  return text`🔕 ${scopeText(scope, watches)} until ${end}, by ${person(by)}`;
}

const scopeText = (scope: MuteScope, watches: readonly Watch[]): Text =>
  scope.kind === "channel" && /^[CGD][A-Z0-9]{6,}$/.test(scope.channel)
    ? text`Everything in ${channel(scope.channel)}`
    : [name(scopeTitle(scope, watches), 120)];

const states: Readonly<Record<WatchState, string>> = {
  fine: "🟢 as expected",
  open: "🟠 open incident",
  critical: "🔴 critical",
  muted: "🔕 muted",
  unread: "⚪ not evaluated yet",
};

/** A watch that cannot see anomalies is not called fine. */
function stateText({ state, data, watch }: WatchRow): Text {
  const blind = dataStateWords(data, watch.series.unit);
  if (!blind) return [states[state]];
  return state === "fine" || state === "unread" ? text`⚪ ${blind}` : text`${states[state]}, ${blind}`;
}

export const watchesTitle = (watches: number, page: number, pages: number): Text =>
  text`${strong("Watches")} (${count(watches)}${pages > 1 ? `, page ${count(page + 1)} of ${count(pages)}` : ""})`;

/** A watch: its state, its week with a sparkline, and what identifies it. */
export function rowLines(row: WatchRow, sparkline: string): Text {
  const { watch, evaluatedThrough, week } = row;
  const evaluated =
    evaluatedThrough === undefined
      ? ["its history has not been read yet"]
      : text`evaluated up to ${time(evaluatedThrough, watch.series.unit)}`;
  return joined(
    [
      text`${strong(titleOf({ watch }))}  ·  ${stateText(row)}`,
      weekText(week, watch.series, sparkline),
      joined([[code(watch.id)], [channel(watch.channel)], evaluated], "  ·  "),
    ],
    "\n",
  );
}

/** `▁▃▆█▇▃▁… 12,340 sessions in 7 days, 210–1,120 in 6 h`: a sparkline with its numbers. */
export function weekText(week: WatchRow["week"], series: Measured, sparkline: string): Text {
  const counts = week.map(({ observed }) => observed);
  const known = counts.filter((observed) => observed !== undefined && Number.isFinite(observed)) as number[];
  if (known.length === 0) return ["No data for the last 7 days"];
  // A level counts the same users every day, and ratios do not add up.
  const sum = known.reduce((total, n) => total + n, 0);
  const total = metricOf(series).kind === "level" ? known.at(-1)! : series.per ? sum / known.length : sum;
  const span = week.length > 7 ? "6 h" : "a day";
  const gaps = counts.length - known.length;
  return joined(
    [
      [code(sparkline)],
      [
        `${ofMetric(total, series)} in 7 days, ${amount(Math.min(...known), series)}–${amount(Math.max(...known), series)} in ${span}`,
      ],
      ...(gaps > 0 ? [[counted(gaps, "gap")]] : []),
    ],
    "  ",
  );
}
