import { acknowledgedAnswer } from "../../../src/adapters/slack/commands/alerting.ts";
import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import type { EventAnswer } from "../../../src/adapters/slack/views/event-modal.ts";
import { isCovered, type MuteScope, muteEnd, scopeCovering } from "../../../src/notifications/mute.ts";
import { unacknowledge as takeBack } from "../../../src/pipeline/actions/acknowledge.ts";
import { mute, unmute } from "../../../src/pipeline/actions/mute.ts";
import { planEvent } from "../../../src/pipeline/actions/plan-event.ts";
import { togetherWith } from "../../../src/pipeline/reports/incident-detail.ts";
import { seriesId } from "../../../src/series/series.ts";
import type { Watch } from "../../../src/settings/watch.ts";
import type { Instant } from "../../../src/time/time.ts";
import type { Asker, Desk } from "../desk.ts";
import { answerTo, permitted, permittedFor } from "./order.ts";

/** The button that takes an acknowledgement back. */
export async function unacknowledge(incidentId: string, asker: Asker, desk: Desk): Promise<Answer> {
  const { watch } = await togetherWith(incidentId, desk.bot);
  await permitted(asker, [watch.channel], desk);
  return acknowledgedAnswer(incidentId, await takeBack(incidentId, desk.bot));
}

/** The choice below an alert for how long it is muted: the narrowest scope that covers all it tells of. */
export async function muteIncident(
  incidentId: string,
  until: Parameters<typeof muteEnd>[0],
  asker: Asker,
  desk: Desk,
): Promise<Answer> {
  const { watch, members } = await togetherWith(incidentId, desk.bot);
  const scope = scopeCovering([watch, ...members.map((member) => member.watch)]);
  await permittedFor({ kind: "mute", scope }, asker, desk);
  return muteUntil(scope, until, watch, asker, desk);
}

/** Mutes a scope until a choice, by the clock of a watch in it, or until an instant. */
async function muteUntil(
  scope: MuteScope,
  until: Parameters<typeof muteEnd>[0] | Instant,
  watch: Watch | undefined,
  asker: Asker,
  desk: Desk,
): Promise<Answer> {
  const { bot } = desk;
  const zone = watch ? (await bot.profiles())(seriesId(watch.series)).zone : "UTC";
  const end = typeof until === "number" ? until : muteEnd(until, bot.clock(), zone);
  return answerTo(await mute({ scope, until: end, by: asker.user }, bot), desk);
}

/** Mutes what a form names. */
export async function muteScoped(
  scope: MuteScope,
  until: Parameters<typeof muteEnd>[0] | Instant,
  asker: Asker,
  desk: Desk,
): Promise<Answer> {
  const covered = (await desk.bot.watches.all()).filter((watch) => isCovered(watch, scope));
  await permittedFor({ kind: "mute", scope }, asker, desk);
  return muteUntil(scope, until, covered[0], asker, desk);
}

/** Takes back what mutes a scope. */
export async function unmuteScoped(scope: MuteScope, asker: Asker, desk: Desk): Promise<Answer> {
  await permittedFor({ kind: "mute", scope }, asker, desk);
  return answerTo(await unmute(scope, asker.user, desk.bot), desk);
}

/** Plans what a form says. */
export async function planned(said: EventAnswer, asker: Asker, desk: Desk): Promise<Answer> {
  const request = { ...said, by: asker.user };
  await permittedFor({ kind: "event", id: "", after: { ...request, id: "", at: 0 } }, asker, desk);
  return answerTo(await planEvent(request, desk.bot), desk);
}
