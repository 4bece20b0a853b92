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
import type { Actor, SlackContext } from "../context.ts";
import { answerTo, authorized, authorizedFor } from "./order.ts";

/** The button that undoes an acknowledgement. */
export async function unacknowledge(
  incidentId: string,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const { watch } = await togetherWith(incidentId, context.bot);
  await authorized(actor, [watch.channel], context);
  return acknowledgedAnswer(incidentId, await takeBack(incidentId, context.bot));
}

/** The mute menu of an alert: mutes the narrowest scope that covers all its incidents. */
export async function muteIncident(
  incidentId: string,
  until: Parameters<typeof muteEnd>[0],
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const { watch, members } = await togetherWith(incidentId, context.bot);
  const scope = scopeCovering([watch, ...members.map((member) => member.watch)]);
  await authorizedFor({ kind: "mute", scope }, actor, context);
  return muteUntil(scope, until, watch, actor, context);
}

/** Mutes a scope until a choice, by the clock of a watch in it, or until an instant. */
async function muteUntil(
  scope: MuteScope,
  until: Parameters<typeof muteEnd>[0] | Instant,
  watch: Watch | undefined,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const { bot } = context;
  const zone = watch ? (await bot.profiles())(seriesId(watch.series)).zone : "UTC";
  const end = typeof until === "number" ? until : muteEnd(until, bot.clock(), zone);
  return answerTo(await mute({ scope, until: end, by: actor.user }, bot), context);
}

/** Mutes what a form names. */
export async function muteScoped(
  scope: MuteScope,
  until: Parameters<typeof muteEnd>[0] | Instant,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const covered = (await context.bot.watches.all()).filter((watch) => isCovered(watch, scope));
  await authorizedFor({ kind: "mute", scope }, actor, context);
  return muteUntil(scope, until, covered[0], actor, context);
}

/** Unmutes a scope. */
export async function unmuteScoped(scope: MuteScope, actor: Actor, context: SlackContext): Promise<Answer> {
  await authorizedFor({ kind: "mute", scope }, actor, context);
  return answerTo(await unmute(scope, actor.user, context.bot), context);
}

/** Plans the event of a form. */
export async function planned(said: EventAnswer, actor: Actor, context: SlackContext): Promise<Answer> {
  const request = { ...said, by: actor.user };
  await authorizedFor({ kind: "event", id: "", after: { ...request, id: "", at: 0 } }, actor, context);
  return answerTo(await planEvent(request, context.bot), context);
}
