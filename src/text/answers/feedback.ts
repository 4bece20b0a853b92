import type { Acknowledgement } from "../../incidents/incident.ts";
import { isCovered, type MuteScope } from "../../notifications/mute.ts";
import type { Exclusion } from "../../series/excluded-hours.ts";
import type { PlannedEvent } from "../../series/planned-events.ts";
import type { ProductChange } from "../../series/product-changes.ts";
import type { Permissions } from "../../settings/permissions.ts";
import type { Watch } from "../../settings/watch.ts";
import { stepOf } from "../../time/time.ts";
import { alertButtons } from "../alert-buttons.ts";
import { counted } from "../numbers.ts";
import { channel, code, link, name, person, strong, type Text, text, time } from "../text.ts";
import { type Answer, buttons, listOf, paragraph, rowsOf, runButton } from "./answer.ts";
import { affectedBy, permissionsText } from "./facts.ts";

/** The planned events, soonest first. @param watches whose names people know */
export function eventsAnswer(events: readonly PlannedEvent[], watches: readonly Watch[]): Answer {
  if (events.length === 0)
    return {
      headline: text`No planned events`,
      parts: [
        paragraph(text`No planned events. To plan one: ${code('/tidewatch event plan "NAME" Thu 18-21')}.`),
      ],
    };
  const lines = events.map(({ id, name: called, from, to, scope, by }) => {
    const affected = affectedBy({ scope }, watches);
    const only = affected ? text`, ${name(affected, 120)} only` : [];
    const whose = by === "EVENTS" ? text`from the settings` : text`${person(by)}, ${code(id)}`;
    return text`📅 ${strong([name(called, 80)])} ${time(from)} to ${time(to)}${only}  ·  ${whose}`;
  });
  const headline = counted(events.length, "planned event");
  return listOf([headline], [strong(headline)], lines);
}

/** The product changes, in the given order. @param watches whose names people know */
export function productChangesAnswer(changes: readonly ProductChange[], watches: readonly Watch[]): Answer {
  if (changes.length === 0)
    return {
      headline: text`No product changes`,
      parts: [
        paragraph(
          text`No product changes. To record one: ${code('/tidewatch change "iOS 5.2 released"')}, or ${code("POST /changes")}.`,
        ),
      ],
    };
  const lines = changes.map(({ id, name: called, time: when, scope, by, link: address }) => {
    const affected = affectedBy({ scope }, watches);
    const only = affected ? text`, ${name(affected, 120)} only` : [];
    const more = address ? text`  ·  ${link(address, "open")}` : [];
    return text`🚀 ${strong([name(called, 80)])} ${time(when)}${only}  ·  ${person(by)}, ${code(id)}${more}`;
  });
  const headline = counted(changes.length, "product change");
  return listOf([headline], [strong(headline)], lines);
}

/** The hours that are excluded from a watch, with their ids. */
export function exclusionsAnswer({ id, series: { unit } }: Watch, exclusions: readonly Exclusion[]): Answer {
  if (exclusions.length === 0) {
    const none = `${id} has no excluded hours`;
    return { headline: [none], parts: [paragraph([`${none}.`])] };
  }
  const headline = `${counted(exclusions.length, "exclusion")} of ${id}`;
  const rows = exclusions.map((one) => ({
    text: text`${code(one.id)} ${EXCLUDED[one.because]}: ${time(one.from, unit)} to ${time(one.to + stepOf(unit), unit)}, by ${person(one.by)}`,
    // What a label excludes ends with the label.
    ...(one.because === "hand" && { button: runButton("Remove", `include ${id} ${one.id}`) }),
  }));
  return rowsOf([headline], [strong(headline)], rows);
}

const EXCLUDED = {
  hand: "neither evaluated nor learned",
  label: "not learned because of a label",
  "new-level": "learned as the new level",
} as const;

/** The answer after an acknowledgement. */
export const ackAnswer = (incidentId: string, { by, at }: Acknowledgement): Answer => ({
  headline: text`${person(by)} acknowledged ${incidentId}`,
  parts: [
    paragraph(
      text`✅ ${person(by)} acknowledged ${code(incidentId)} ${time(at)}. Reminders stop; you are still notified if it gets worse or resolves.`,
    ),
  ],
});

/** The answer after an acknowledgement was undone, or did not exist. */
export const unacknowledgedAnswer = (incidentId: string, before: Acknowledgement | undefined): Answer =>
  before
    ? {
        headline: text`The acknowledgement was removed`,
        parts: [
          paragraph(
            text`Acknowledgement removed: ${person(before.by)} had acknowledged ${code(incidentId)}. Reminders resume.`,
          ),
        ],
      }
    : {
        headline: text`Nobody has acknowledged it`,
        parts: [paragraph(text`Nobody has acknowledged ${code(incidentId)}.`)],
      };

/** The answer with the permissions. */
export const permissionsAnswer = (permissions: Permissions): Answer => ({
  headline: text`Who may change watches`,
  parts: [
    paragraph(
      text`Watches may be changed by ${strong(permissionsText(permissions))}; never by guests. Everybody may view them.\nTo change this: ${code("/tidewatch who-can everyone|members|admins|@GROUP")}`,
    ),
  ],
});

/** The headline after several watches were muted at once. */
export const mutedWatches = (count: number): string => `Muted ${counted(count, "watch")}`;

/** The headline after several mutes were ended at once. */
export const mutesEnded = (count: number): string => `${counted(count, "mute")} ended`;

/** Asks before a whole channel is muted. @param command what its button runs */
export function muteChannelOffer(
  scope: Extract<MuteScope, { kind: "channel" }>,
  watches: readonly Watch[],
  command: string,
): Answer {
  const what = muteChannelText(scope, watches);
  return {
    headline: what,
    parts: [paragraph(what), buttons(runButton(alertButtons.muteChannel.confirm, command))],
  };
}

/** What a mute of a whole channel silences. */
export function muteChannelText(
  scope: Extract<MuteScope, { kind: "channel" }>,
  watches: readonly Watch[],
): Text {
  const covered = watches.filter((watch) => isCovered(watch, scope)).length;
  return text`This mutes the whole channel: ${counted(covered, "watch")} ${covered === 1 ? "posts" : "post"} in ${channel(scope.channel)}. Tidewatch announces it there. To mute one watch: ${code("/tidewatch mute WATCH 2h")}.`;
}
