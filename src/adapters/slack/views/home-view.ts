import type { AnyBlock, HomeView } from "@slack/types";
import type { MuteScope } from "../../../notifications/mute.ts";
import type { Home, OpenIncident, WatchRow } from "../../../reports/home.ts";
import {
  eventLine,
  healthIssueLine,
  homeButtons,
  homeFacts,
  homeLists,
  listTitle,
  moreLine,
  muteLine,
  noWatches,
  openLines,
  rowLines,
  watchesTitle,
} from "../../../text/home.ts";
import { overviewWords } from "../../../text/overview.ts";
import { INCIDENT } from "../blocks/action-ids.ts";
import { footer, section } from "../blocks/blocks.ts";
import { actions, button, option, plain } from "../blocks/elements.ts";
import { mrkdwn } from "../blocks/mrkdwn.ts";
import { sparkline } from "../blocks/sparklines.ts";
import { HOME, type WatchChoice, watchChoice } from "./home-ids.ts";

/** The dashboard: urgent things first, then the watches. */
export const homeView = (home: Home): HomeView => ({
  type: "home",
  callback_id: "home",
  private_metadata: String(home.page),
  blocks: [
    ...headBlocks(home),
    ...listOf(homeLists.open, home.open, openBlock),
    ...listOf(homeLists.healthIssues, home.healthIssues, (issue) => section(mrkdwn(healthIssueLine(issue)))),
    ...listOf(homeLists.mutes, home.mutes, (mute) => ({
      ...section(mrkdwn(muteLine(mute, home.watches), 120)),
      accessory: button(HOME.unmute, homeButtons.unmute, scopeValue(mute.scope)),
    })),
    ...listOf(homeLists.events, home.events, (event) => ({
      ...section(mrkdwn(eventLine(event))),
      accessory: button(HOME.cancel, homeButtons.cancel, event.id),
    })),
    ...watchBlocks(home),
  ],
});

const headBlocks = (home: Home): AnyBlock[] => [
  { type: "header", text: plain(overviewWords(home.overview), 150) },
  footer(homeFacts(home).map((fact) => mrkdwn(fact))),
  actions([
    button(HOME.add, homeButtons.newWatch, "new", { style: "primary" }),
    button(HOME.suggest, homeButtons.suggest, "all"),
    button(HOME.event, homeButtons.planEvent, "new"),
    button(HOME.refresh, homeButtons.refresh, "now"),
  ]),
];

/** A list with its title; nothing when it is empty. */
function listOf<Item>(
  { title, most, rest }: (typeof homeLists)[keyof typeof homeLists],
  items: readonly Item[],
  blockOf: (item: Item) => AnyBlock,
): AnyBlock[] {
  if (items.length === 0) return [];
  const left = items.length - most;
  return [
    { type: "divider" },
    section(mrkdwn(listTitle(title, items.length))),
    ...items.slice(0, most).map(blockOf),
    ...(left > 0 ? [footer([moreLine(left, rest)])] : []),
  ];
}

const openBlock = (open: OpenIncident): AnyBlock => ({
  ...section(mrkdwn(openLines(open), 60)),
  accessory: open.incident.acknowledged
    ? button(INCIDENT.why, homeButtons.why, open.incident.id)
    : button(INCIDENT.acknowledge, homeButtons.acknowledge, open.incident.id, { style: "primary" }),
});

/** The value of a button about a mute. */
const scopeValue = (scope: MuteScope): string => JSON.stringify(scope).slice(0, 2_000);

function watchBlocks({ rows, page, pages, watches }: Home): AnyBlock[] {
  if (watches.length === 0) return [section(noWatches)];
  const pager = [
    ...(page > 0 ? [button(HOME.page, homeButtons.previous, String(page - 1))] : []),
    ...(page < pages - 1 ? [button(HOME.otherPage, homeButtons.next, String(page + 1))] : []),
  ];
  return [
    { type: "divider" },
    section(mrkdwn(watchesTitle(watches.length, page, pages))),
    ...rows.map(rowBlock),
    ...(pager.length > 0 ? [actions(pager)] : []),
  ];
}

const CHOICES: readonly WatchChoice[] = ["edit", "preview", "mute", "why", "remove"];

const rowBlock = (row: WatchRow): AnyBlock => ({
  ...section(mrkdwn(rowLines(row, sparkline(row.week.map(({ observed }) => observed))))),
  accessory: {
    type: "overflow",
    action_id: HOME.watch,
    options: CHOICES.map((choice) => option(homeButtons[choice], watchChoice(choice, row.watch.id))),
  },
});
