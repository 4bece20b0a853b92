import type { Exclusion } from "../../../series/excluded-hours.ts";
import type { PlannedEvent } from "../../../series/planned-events.ts";
import { seriesRef } from "../../../series/series.ts";
import type { Changed } from "../../../settings/change.ts";
import type { Permissions } from "../../../settings/permissions.ts";
import { type Watch, watchTitle } from "../../../settings/watch.ts";
import { quietWords } from "../../../text/quiet-hours.ts";
import { sensitivityWords } from "../../../text/sensitivity.ts";
import { plainWhen } from "../../../text/times.ts";
import { appTitle, scopeTitle, seriesTitle } from "../../../text/titles.ts";
import { HOUR } from "../../../time/time.ts";
import { link } from "../blocks/links.ts";
import { personOf } from "../blocks/mrkdwn.ts";
import { safeName } from "../blocks/names.ts";
import { localTime } from "../blocks/when.ts";

/** The properties of a thing by name, in Slack's mrkdwn and in reading order. */
export type Facts = readonly (readonly [name: string, value: string])[];

const LONGEST = 120;

/** From the beginning of the first bucket to the end of the last; days as dates. */
function bucketsOf({ seriesId, from, to }: Exclusion): string {
  if (seriesRef(seriesId).unit === "hour") return `${localTime(from)} to ${localTime(to + HOUR)}`;
  return [...new Set([from, to])].map((day) => plainWhen(day, "day")).join(" to ");
}

/** Future hours are marked, so that nobody learns only from an outage that they were excluded in advance. */
const exclusionFacts = (exclusion: Exclusion): Facts => [
  ["Excluded", bucketsOf(exclusion)],
  ...(exclusion.because === "hand" && exclusion.to > exclusion.at
    ? [["In the future", "no alerts at all during these hours"] as const]
    : []),
];

/** All settings of a watch. */
export const watchFacts = (watch: Watch): Facts => [
  ["Watches", safeName(watchTitle(watch), LONGEST)],
  [
    "Series",
    [watch.series.workspace, watch.series.app ?? "all apps", watch.series.segment ?? "everybody"]
      .map((id) => safeName(id, 70))
      .join(" · "),
  ],
  ["Unit", watch.series.unit],
  ["Channel", `<#${watch.channel}>`],
  ["Direction", watch.direction === "both" ? "drops and spikes" : `${watch.direction}s only`],
  ["Sensitivity", sensitivityWords(watch.sensitivity)],
  ["Minimum change", `${Math.round(watch.minRelativeChange * 100)}%, ${watch.minAbsoluteChange} sessions`],
  ["Quiet hours", watch.quiet ? quietWords(watch.quiet).replace(/^quiet /, "") : "none"],
  ["Owner", watch.owner ? personOf(watch.owner) : "nobody"],
  ["Runbook", watch.runbook ? link(watch.runbook, "open") : "none"],
  ...(watch.thresholdAdjustment && watch.thresholdAdjustment > 1
    ? [
        [
          "Threshold adjustment",
          `threshold × ${watch.thresholdAdjustment.toFixed(2)} after false alarms`,
        ] as const,
      ]
    : []),
];

/** The permissions in words. */
export const permissionsInWords = (permissions: Permissions): string =>
  ({
    everyone: "everyone except guests",
    members: "members of the watch's channel",
    admins: "admins of the Slack workspace",
    group: permissions.who === "group" ? `members of <!subteam^${permissions.group}>` : "",
  })[permissions.who];

/**
 * The properties on each side of a change; empty where the thing does not exist.
 * @param watches whose names people know
 */
export function sideFacts(changed: Changed, side: "before" | "after", watches: readonly Watch[]): Facts {
  switch (changed.kind) {
    case "watch":
      return changed[side] ? watchFacts(changed[side]) : [];
    case "mute": {
      const mute = changed[side];
      if (!mute) return [];
      return [["Muted", mute.until === "recovery" ? "until it recovers" : `until ${localTime(mute.until)}`]];
    }
    case "label":
      return changed[side] ? [["Label", changed[side].label]] : [];
    case "exclusion":
      return changed[side] ? exclusionFacts(changed[side]) : [];
    case "event": {
      const event = changed[side];
      return event
        ? [
            ["Event", safeName(event.name, LONGEST)],
            ["When", `${localTime(event.from)} to ${localTime(event.to)}`],
            ["Applies to", safeName(affectedBy(event, watches) || "everything", LONGEST)],
          ]
        : [];
    }
    case "app": {
      const app = changed[side];
      return app
        ? [
            ["Name", safeName(app.name, LONGEST)],
            ["Time zone", app.zone ?? "the workspace's time zone"],
            ["Public holidays", app.country ?? "the workspace's country"],
          ]
        : [];
    }
    case "permissions":
      return [["Permissions", permissionsInWords(changed[side] ?? { who: "everyone" })]];
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
export function thingOf(changed: Changed, watches: readonly Watch[]): string {
  switch (changed.kind) {
    case "watch":
      return `watch \`${changed.watchId}\``;
    case "mute":
      return changed.scope.kind === "channel"
        ? `mute of <#${changed.scope.channel}>`
        : `mute of ${safeName(scopeTitle(changed.scope, watches), LONGEST)}`;
    case "label":
      return `label of \`${changed.incidentId}\``;
    case "exclusion":
      return `exclusion of ${safeName(seriesTitle(changed.seriesId, watches), LONGEST)}`;
    case "event": {
      const { name = changed.id } = changed.after ?? changed.before ?? {};
      return `planned event ${safeName(name, LONGEST)}`;
    }
    case "app":
      return `name of app ${safeName((changed.after ?? changed.before)?.name ?? changed.app, LONGEST)}`;
    case "permissions":
      return "permissions";
  }
}
