import { isOfSessions, metricTitle } from "../../metrics/metrics.ts";
import type { Exclusion } from "../../series/excluded-hours.ts";
import type { PlannedEvent } from "../../series/planned-events.ts";
import { seriesRef } from "../../series/series.ts";
import type { Changed } from "../../settings/change.ts";
import type { Permissions } from "../../settings/permissions.ts";
import { type Watch, watchTitle } from "../../settings/watch.ts";
import { HOUR } from "../../time/time.ts";
import { ofMetric } from "../numbers.ts";
import { quietWords } from "../quiet-hours.ts";
import { routeFacts } from "../routes.ts";
import { sensitivityWords } from "../sensitivity.ts";
import { channel, code, joined, link, name, person, strong, type Text, text, time } from "../text.ts";
import { appTitle, scopeTitle, seriesTitle } from "../titles.ts";

/** A property of a thing by its name. */
export type Fact = readonly [name: string, value: Text];

/** A property as a line. */
export const factLine = ([label, value]: Fact): Text => text`${strong(label)}: ${value}`;

const LONGEST = 120;

/** From the beginning of the first bucket to the end of the last; days as dates. */
function bucketsOf({ seriesId, from, to }: Exclusion): Text {
  if (seriesRef(seriesId).unit === "hour") return text`${time(from)} to ${time(to + HOUR)}`;
  return joined(
    [...new Set([from, to])].map((day) => [time(day, "day")]),
    " to ",
  );
}

/** Future hours are marked, so that nobody learns only from an outage that they were excluded in advance. */
const exclusionFacts = (exclusion: Exclusion): Fact[] => [
  ["Excluded", bucketsOf(exclusion)],
  ...(exclusion.because === "hand" && exclusion.to > exclusion.at
    ? [["In the future", ["no alerts at all during these hours"]] as const]
    : []),
];

/** All settings of a watch. */
export const watchFacts = (watch: Watch): Fact[] => [
  ["Watches", [name(watchTitle(watch), LONGEST)]],
  [
    "Series",
    joined(
      [
        watch.series.workspace,
        ...(isOfSessions(watch.series) ? [] : [metricTitle(watch.series, watch.itemName)]),
        watch.series.app ?? "all apps",
        watch.series.segment ?? "everybody",
      ].map((id) => [name(id, 70)]),
      " · ",
    ),
  ],
  ["Unit", [watch.series.unit]],
  ["Channel", [channel(watch.channel)]],
  ["Direction", [watch.direction === "both" ? "drops and spikes" : `${watch.direction}s only`]],
  ["Sensitivity", [sensitivityWords(watch.sensitivity)]],
  [
    "Minimum change",
    [`${Math.round(watch.minRelativeChange * 100)}%, ${floorWords(watch.minAbsoluteChange, watch.series)}`],
  ],
  ["Critical from", [floorWords(watch.minCriticalChange, watch.series)]],
  ["Quiet hours", [watch.quiet ? quietWords(watch.quiet).replace(/^quiet /, "") : "none"]],
  ["Owner", [watch.owner ? person(watch.owner) : "nobody"]],
  ["Runbook", [watch.runbook ? link(watch.runbook, "open") : "none"]],
  ...(watch.thresholdAdjustment && watch.thresholdAdjustment > 1
    ? [
        [
          "Threshold adjustment",
          [`threshold × ${watch.thresholdAdjustment.toFixed(2)} after false alarms`],
        ] as const,
      ]
    : []),
];

/** A floor in counts; without one it follows from the size of the series. */
const floorWords = (floor: number | undefined, series: Watch["series"]): string =>
  floor === undefined ? "a number that follows from the size of the series" : ofMetric(floor, series);

/** The permissions in words. */
export const permissionsText = (permissions: Permissions): Text =>
  ({
    everyone: text`everyone except guests`,
    members: text`members of the watch's channel`,
    admins: text`admins of the Slack workspace`,
    group: permissions.who === "group" ? text`members of ${person(permissions.group)}` : [],
  })[permissions.who];

/**
 * The properties on each side of a change; empty where the thing does not exist.
 * @param watches whose names people know
 */
export function sideFacts(changed: Changed, side: "before" | "after", watches: readonly Watch[]): Fact[] {
  switch (changed.kind) {
    case "watch":
      return changed[side] ? watchFacts(changed[side]) : [];
    case "mute": {
      const mute = changed[side];
      if (!mute) return [];
      return [
        ["Muted", mute.until === "recovery" ? text`until it recovers` : text`until ${time(mute.until)}`],
      ];
    }
    case "label":
      return changed[side] ? [["Label", [changed[side].label]]] : [];
    case "exclusion":
      return changed[side] ? exclusionFacts(changed[side]) : [];
    case "event": {
      const event = changed[side];
      return event
        ? [
            ["Event", [name(event.name, LONGEST)]],
            ["When", text`${time(event.from)} to ${time(event.to)}`],
            ["Applies to", [name(affectedBy(event, watches) || "everything", LONGEST)]],
          ]
        : [];
    }
    case "product-change": {
      const change = changed[side];
      return change
        ? [
            ["Product change", [name(change.name, LONGEST)]],
            ["When", [time(change.time)]],
            ["Applies to", [name(affectedBy(change, watches) || "everything", LONGEST)]],
            ...(change.link ? [["Link", [link(change.link, "open")]] as const] : []),
          ]
        : [];
    }
    case "app": {
      const app = changed[side];
      return app
        ? [
            ["Name", [name(app.name, LONGEST)]],
            ["Time zone", [app.zone ?? "the workspace's time zone"]],
            ["Public holidays", [app.country ?? "the workspace's country"]],
          ]
        : [];
    }
    case "route":
      return changed[side] ? routeFacts(changed[side], watches) : [];
    case "permissions":
      return [["Permissions", permissionsText(changed[side] ?? { who: "everyone" })]];
  }
}

/** What an event affects, where it does not affect everything. */
export function affectedBy(
  { scope: { workspace, app } }: Pick<PlannedEvent, "scope">,
  watches: readonly Watch[],
): string {
  return [workspace, app && workspace ? appTitle(workspace, app, watches) : app].filter(Boolean).join(" · ");
}

/** The thing that a change is about, as people call it. @param watches whose names people know */
export function thingOf(changed: Changed, watches: readonly Watch[]): Text {
  switch (changed.kind) {
    case "watch":
      return text`watch ${code(changed.watchId)}`;
    case "mute":
      return changed.scope.kind === "channel"
        ? text`mute of ${channel(changed.scope.channel)}`
        : text`mute of ${name(scopeTitle(changed.scope, watches), LONGEST)}`;
    case "label":
      return text`label of ${code(changed.incidentId)}`;
    case "exclusion":
      return text`exclusion of ${name(seriesTitle(changed.seriesId, watches), LONGEST)}`;
    case "event": {
      const { name: called = changed.id } = changed.after ?? changed.before ?? {};
      return text`planned event ${name(called, LONGEST)}`;
    }
    case "product-change": {
      const { name: called = changed.id } = changed.after ?? changed.before ?? {};
      return text`product change ${name(called, LONGEST)}`;
    }
    case "app":
      return text`name of app ${name((changed.after ?? changed.before)?.name ?? changed.app, LONGEST)}`;
    case "route":
      return text`route ${code(changed.id)}`;
    case "permissions":
      return text`permissions`;
  }
}
