import type { ActionsBlock, PlainTextOption, StaticSelect } from "@slack/types";
import type { Incident } from "../../../incidents/incident.ts";
import { muteToShow } from "../../../notifications/decide.ts";
import { type MuteScope, scopesCovering } from "../../../notifications/mute.ts";
import type { Notification } from "../../../notifications/notification.ts";
import { fingerprint } from "../../../series/fingerprint.ts";
import { alertButtons as words } from "../../../text/alert-buttons.ts";
import { choiceOf, INCIDENT, MUTE_CHOICES } from "../blocks/action-ids.ts";
import { actions, button, option, plain, select } from "../blocks/elements.ts";
import { labelSelect } from "../blocks/label-select.ts";

/** The buttons of a message for its current state. Actions that no longer apply are omitted. */
export function alertActions({ incident, members, watch }: Notification): ActionsBlock {
  return { ...actionsOf({ incident, members, watch }), block_id: blockOf(members) };
}

/**
 * A different block id for each state and each notification. While a block keeps its id, Slack keeps showing what
 * somebody chose in it, and sends nothing when the same option is chosen again.
 */
const blockOf = (members: Notification["members"]): string =>
  `alert-${fingerprint(JSON.stringify(members.map(({ incident }) => incident))).toString(36)}`;

function actionsOf({ incident, members, watch }: Pick<Notification, "incident" | "members" | "watch">) {
  const { id } = incident;
  const isOver = members.every((member) => member.incident.resolvedAt !== undefined);
  const why = button(INCIDENT.why, words.why, id);
  if (isOver) return actions([labelSelect(incident, words.label), why]);
  const open = members.filter((member) => member.incident.resolvedAt === undefined);
  const muted = open.filter((member) => muteToShow(member) !== undefined);
  return actions([
    acknowledgeButton([incident, ...members.map((member) => member.incident)]),
    ...(muted.length > 0 ? [button(INCIDENT.unmute, words.unmute, id)] : []),
    ...(muted.length < open.length || open.length === 0
      ? [muteSelect(id, scopesCovering([watch, ...members.map((member) => member.watch)]))]
      : []),
    labelSelect(incident, words.label),
    why,
    ...(watch.series.per ? [] : [button(INCIDENT.moved, words.moved, id)]),
    button(INCIDENT.more, words.details, id),
  ]);
}

/** Offered while the group has an open incident that nobody has acknowledged. */
function acknowledgeButton(members: readonly Incident[]) {
  const open = members.filter(({ resolvedAt }) => resolvedAt === undefined);
  const left = open.find(({ acknowledged }) => !acknowledged);
  return left
    ? button(INCIDENT.acknowledge, words.acknowledge, left.id, { style: "primary" })
    : button(INCIDENT.unacknowledge, words.unacknowledge, open[0]!.id);
}

const muteWords = ([scope, ...more]: readonly MuteScope[]): string =>
  more.length > 0 ? words.muteThese(more.length + 1) : words.mute[scope!.kind];

/** A mute of the whole channel asks first. */
const muteSelect = (incidentId: string, scopes: readonly MuteScope[]): StaticSelect => ({
  ...select(
    INCIDENT.mute,
    muteWords(scopes),
    MUTE_CHOICES.map(
      ([choice, text]): PlainTextOption => option(words.muteFor(text), choiceOf(choice, incidentId)),
    ),
  ),
  ...(scopes.some(({ kind }) => kind === "channel") && {
    confirm: {
      title: plain(words.muteChannel.title, 100),
      text: plain(words.muteChannel.text, 300),
      confirm: plain(words.muteChannel.confirm, 30),
      deny: plain(words.muteChannel.deny, 30),
    },
  }),
});
