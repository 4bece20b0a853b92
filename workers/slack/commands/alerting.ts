import type { EventAnswer } from "../../../src/adapters/slack/views/event-modal.ts";
import { answerTo } from "../../../src/commands/answering.ts";
import type { Actor } from "../../../src/commands/command.ts";
import { permitting } from "../../../src/commands/perform.ts";
import { InputError } from "../../../src/errors.ts";
import { isCovered, type MuteScope, muteEnd, scopesCovering } from "../../../src/notifications/mute.ts";
import { unacknowledge as takeBack } from "../../../src/pipeline/actions/acknowledge.ts";
import { mute, unmute } from "../../../src/pipeline/actions/mute.ts";
import { planEvent } from "../../../src/pipeline/actions/plan-event.ts";
import { mutesInForce } from "../../../src/pipeline/notifying/suppression.ts";
import { togetherWith } from "../../../src/pipeline/reports/incident-detail.ts";
import { seriesId } from "../../../src/series/series.ts";
import type { Watch } from "../../../src/settings/watch.ts";
import { type Answer, together } from "../../../src/text/answers/answer.ts";
import { mutedWatches, mutesEnded, unacknowledgedAnswer } from "../../../src/text/answers/feedback.ts";
import type { Instant } from "../../../src/time/time.ts";
import type { SlackContext } from "../context.ts";

/** The button that undoes an acknowledgement. */
export async function unacknowledge(
  incidentId: string,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const bot = permitting("change", actor, context.bot);
  await bot.permit?.({ kind: "label", incidentId });
  return unacknowledgedAnswer(incidentId, await takeBack(incidentId, bot));
}

/** The mute menu of an alert: mutes what covers all its incidents, and no other watch where that is possible. */
export async function muteIncident(
  incidentId: string,
  until: Parameters<typeof muteEnd>[0] | Instant,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const { watch, members } = await togetherWith(incidentId, context.bot);
  const answers: Answer[] = [];
  for (const scope of scopesCovering([watch, ...members.map((member) => member.watch)]))
    answers.push(await muteUntil(scope, until, watch, actor, context));
  return together(answers, mutedWatches(answers.length));
}

/** The Unmute button of an alert: ends every mute of its incidents. */
export async function unmuteIncident(
  incidentId: string,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const bot = permitting("change", actor, context.bot);
  const { watch, members } = await togetherWith(incidentId, bot);
  const watches = [watch, ...members.map((member) => member.watch)];
  const mutes = (await mutesInForce(bot)).filter(({ scope }) => watches.some((one) => isCovered(one, scope)));
  if (mutes.length === 0) throw new InputError("the mute has already ended");
  const answers: Answer[] = [];
  for (const { scope } of mutes) answers.push(await answerTo(await unmute(scope, actor.user, bot), context));
  return together(answers, mutesEnded(answers.length));
}

/** Mutes what a form names. */
export async function muteScoped(
  scope: MuteScope,
  until: Parameters<typeof muteEnd>[0] | Instant,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const covered = (await context.bot.watches.all()).filter((watch) => isCovered(watch, scope));
  return muteUntil(scope, until, covered[0], actor, context);
}

/** Mutes a scope until a choice, by the clock of a watch in it, or until an instant. */
async function muteUntil(
  scope: MuteScope,
  until: Parameters<typeof muteEnd>[0] | Instant,
  watch: Watch | undefined,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const bot = permitting("change", actor, context.bot);
  const zone = watch ? (await bot.profiles())(seriesId(watch.series)).zone : "UTC";
  const end = typeof until === "number" ? until : muteEnd(until, bot.clock(), zone);
  return answerTo(await mute({ scope, until: end, by: actor.user }, bot), context);
}

/** Plans the event of a form. */
export const planned = async (line: EventAnswer, actor: Actor, context: SlackContext): Promise<Answer> =>
  answerTo(await planEvent({ ...line, by: actor.user }, permitting("change", actor, context.bot)), context);
