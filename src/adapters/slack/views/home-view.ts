import type { AnyBlock, HomeView } from "@slack/types";
import type { DataState } from "../../../health/no-data.ts";
import { beganAt } from "../../../incidents/incident.ts";
import { metricOf } from "../../../metrics/metrics.ts";
import type { Mute, MuteScope } from "../../../notifications/mute.ts";
import type { Sum } from "../../../reports/chart-data.ts";
import type { Home, OpenIncident, WatchRow, WatchState } from "../../../reports/home.ts";
import type { Counted } from "../../../series/series.ts";
import type { Watch } from "../../../settings/watch.ts";
import { healthIssueTitle } from "../../../text/health.ts";
import { changeAgainst, wordsFor } from "../../../text/incidents.ts";
import { amount, count, counted, ofMetric } from "../../../text/numbers.ts";
import { dataStateWords, overviewWords } from "../../../text/overview.ts";
import { scopeTitle } from "../../../text/titles.ts";
import type { Unit } from "../../../time/time.ts";
import { INCIDENT } from "../blocks/action-ids.ts";
import { footer, section } from "../blocks/blocks.ts";
import { actions, button, option, plain } from "../blocks/elements.ts";
import { link } from "../blocks/links.ts";
import { mrkdwn, personOf } from "../blocks/mrkdwn.ts";
import { safeName } from "../blocks/names.ts";
import { isCount, sparkline } from "../blocks/sparklines.ts";
import { localTime, localWhen } from "../blocks/when.ts";
import { titleOf } from "../messages/title.ts";
import { HOME, type WatchChoice, watchChoice } from "./home-ids.ts";

/** Each list's title, its maximum length, and the command that shows the rest. */
const LISTS = {
  open: { name: "Open incidents", most: 10, rest: "each has its message in its channel" },
  healthIssues: { name: "Health issues", most: 5, rest: "see /tidewatch status" },
  mutes: { name: "Muted", most: 8, rest: "see /tidewatch mutes" },
  events: { name: "Planned", most: 5, rest: "see /tidewatch event list" },
} as const;

/** The dashboard: urgent things first, then the watches. */
export const homeView = (home: Home): HomeView => ({
  type: "home",
  callback_id: "home",
  private_metadata: String(home.page),
  blocks: [
    ...headBlocks(home),
    ...listOf(LISTS.open, home.open, openBlock),
    ...listOf(LISTS.healthIssues, home.healthIssues, (healthIssue) =>
      section(`👁️ ${mrkdwn(healthIssueTitle(healthIssue))} since ${localTime(healthIssue.since)}`),
    ),
    ...listOf(LISTS.mutes, home.mutes, (mute) => muteBlock(mute, home.watches)),
    ...listOf(LISTS.events, home.events, ({ id, name, from, to }) => ({
      ...section(`🗓️ ${safeName(name, 80)}, ${localTime(from)} to ${localTime(to)}`),
      accessory: button(HOME.cancel, "Cancel", id),
    })),
    ...watchBlocks(home),
  ],
});

function headBlocks({ now, overview, week, healthIssues }: Home): AnyBlock[] {
  return [
    { type: "header", text: plain(overviewWords(overview), 150) },
    footer([
      `Last 7 days: ${counted(week.incidents, "incident")}, ${count(week.labelled)} labeled`,
      week.precision === undefined
        ? "precision unknown: label alerts as real or false"
        : `precision ${Math.round(week.precision * 100)}%`,
      ...(healthIssues.length > 0 ? [`👁️ ${counted(healthIssues.length, "health issue")}`] : []),
      `as of ${localTime(now)}`,
    ]),
    actions([
      button(HOME.add, "New watch", "new", { style: "primary" }),
      button(HOME.event, "Plan an event", "new"),
      button(HOME.refresh, "Refresh", "now"),
    ]),
  ];
}

/** A list with its title; nothing when it is empty. */
function listOf<Item>(
  { name, most, rest }: (typeof LISTS)[keyof typeof LISTS],
  items: readonly Item[],
  blockOf: (item: Item) => AnyBlock,
): AnyBlock[] {
  if (items.length === 0) return [];
  const left = items.length - most;
  return [
    { type: "divider" },
    section(`*${name}* (${count(items.length)})`),
    ...items.slice(0, most).map(blockOf),
    ...(left > 0 ? [footer([`and ${count(left)} more: ${rest}`])] : []),
  ];
}

function openBlock({ incident, watch, address }: OpenIncident): AnyBlock {
  const { arrow, Noun } = wordsFor({ incident });
  const severity = incident.severity === "critical" ? "🔴 Critical" : "🟠 Warning";
  const since = localWhen(beganAt(incident), watch.series.unit);
  const { acknowledged } = incident;
  const who = acknowledged ? `Acknowledged by ${personOf(acknowledged.by)}` : "Not acknowledged";
  const where = address ? [link(address, "Open the alert")] : [];
  return {
    ...section(
      [
        `${arrow} *${Noun}: ${titleOf({ watch }, 60)} ${changeAgainst(incident.latest, watch.series)}*`,
        [severity, `since ${since}`, who, ...where].join("  ·  "),
      ].join("\n"),
    ),
    accessory: acknowledged
      ? button(INCIDENT.why, "Why?", incident.id)
      : button(INCIDENT.acknowledge, "Acknowledge", incident.id, { style: "primary" }),
  };
}

const muteBlock = ({ scope, until, by }: Mute, watches: readonly Watch[]): AnyBlock => ({
  ...section(
    `🔕 ${scopeWords(scope, watches)} until ${until === "recovery" ? "it recovers" : localTime(until)}, by ${personOf(by)}`,
  ),
  accessory: button(HOME.unmute, "Unmute", scopeValue(scope)),
});

function scopeWords(scope: MuteScope, watches: readonly Watch[]): string {
  if (scope.kind === "channel" && /^[CGD][A-Z0-9]{6,}$/.test(scope.channel))
    return `Everything in <#${scope.channel}>`;
  return safeName(scopeTitle(scope, watches), 120);
}

/** The value of a button about a mute. */
const scopeValue = (scope: MuteScope): string => JSON.stringify(scope).slice(0, 2_000);

const states: Readonly<Record<WatchState, string>> = {
  fine: "🟢 as expected",
  open: "🟠 open incident",
  critical: "🔴 critical",
  muted: "🔕 muted",
  unread: "⚪ not evaluated yet",
};

/** A watch that cannot see anomalies is not called fine. */
function stateWords(state: WatchState, data: DataState, unit: Unit): string {
  const blind = dataStateWords(data, unit);
  if (!blind) return states[state];
  return state === "fine" || state === "unread"
    ? `⚪ ${mrkdwn(blind)}`
    : `${states[state]}, ${mrkdwn(blind)}`;
}

function watchBlocks({ rows, page, pages, watches }: Home): AnyBlock[] {
  if (watches.length === 0)
    return [
      section(
        "Choose an app and a channel. Before you save a watch, you see which alerts it would have posted in the last 8 weeks.",
      ),
    ];
  const pager = [
    ...(page > 0 ? [button(HOME.page, "◀ Previous", String(page - 1))] : []),
    ...(page < pages - 1 ? [button(HOME.otherPage, "Next ▶", String(page + 1))] : []),
  ];
  return [
    { type: "divider" },
    section(
      `*Watches* (${count(watches.length)}${pages > 1 ? `, page ${count(page + 1)} of ${count(pages)}` : ""})`,
    ),
    ...rows.map(rowBlock),
    ...(pager.length > 0 ? [actions(pager)] : []),
  ];
}

const CHOICES: readonly (readonly [WatchChoice, string])[] = [
  ["edit", "Edit"],
  ["preview", "Preview"],
  ["mute", "Mute…"],
  ["why", "Why?"],
  ["remove", "Remove"],
];

function rowBlock({ watch, state, data, evaluatedThrough, week }: WatchRow): AnyBlock {
  const { id, series, channel } = watch;
  const evaluated =
    evaluatedThrough === undefined
      ? "its history has not been read yet"
      : `evaluated up to ${localWhen(evaluatedThrough, series.unit)}`;
  return {
    ...section(
      [
        `*${titleOf({ watch }, 80)}*  ·  ${stateWords(state, data, series.unit)}`,
        weekWords(week, watch.series),
        `\`${id}\`  ·  <#${channel}>  ·  ${evaluated}`,
      ].join("\n"),
    ),
    accessory: {
      type: "overflow",
      action_id: HOME.watch,
      options: CHOICES.map(([choice, words]) => option(words, watchChoice(choice, id))),
    },
  };
}

/** `▁▃▆█▇▃▁… 12,340 sessions in 7 days, 210–1,120 in 6 h`: a sparkline with its numbers. */
export function weekWords(week: readonly Sum[], series: Counted = {}): string {
  const counts = week.map(({ observed }) => observed);
  const known = counts.filter(isCount);
  if (known.length === 0) return "No data for the last 7 days";
  // A level counts the same users every day.
  const total = metricOf(series).kind === "level" ? known.at(-1)! : known.reduce((sum, n) => sum + n, 0);
  const span = week.length > 7 ? "6 h" : "a day";
  const gaps = counts.length - known.length;
  return [
    `\`${sparkline(counts)}\``,
    `${ofMetric(total, series)} in 7 days, ${amount(Math.min(...known), series)}–${amount(Math.max(...known), series)} in ${span}`,
    ...(gaps > 0 ? [`${counted(gaps, "gap")}`] : []),
  ].join("  ");
}
