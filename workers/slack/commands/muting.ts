import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import type { TypedScope } from "../../../src/adapters/slack/commands/command.ts";
import { instantOf, type Moment } from "../../../src/adapters/slack/commands/moment.ts";
import { mutesAnswer } from "../../../src/adapters/slack/commands/standing.ts";
import type { MuteScope } from "../../../src/notifications/mute.ts";
import { mute as muteScope, unmute as unmuteScope } from "../../../src/pipeline/actions/mute.ts";
import { mutesInForce } from "../../../src/pipeline/notifying/suppression.ts";
import type { Actor, SlackContext } from "../context.ts";
import { watchNamed } from "./named.ts";
import { answerTo, authorizedFor, zoneOf } from "./order.ts";
import { seriesNamed } from "./series-named.ts";

/** "Until tomorrow" means the beginning of working hours. */
const MORNING = 9 * 60;

/** `mute WHAT until WHEN`. */
export async function mute(
  typed: TypedScope,
  until: Moment | "recovery",
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const scope = await scopeOf(typed, actor, context);
  await authorizedFor({ kind: "mute", scope }, actor, context);
  const zone = await zoneOf(actor, context);
  const end =
    until === "recovery"
      ? until
      : instantOf(until, MORNING, { now: context.bot.clock(), zone, toward: "future" });
  return answerTo(await muteScope({ scope, until: end, by: actor.user }, context.bot), context);
}

/** `unmute WHAT`. */
export async function unmute(typed: TypedScope, actor: Actor, context: SlackContext): Promise<Answer> {
  const scope = await scopeOf(typed, actor, context);
  await authorizedFor({ kind: "mute", scope }, actor, context);
  return answerTo(await unmuteScope(scope, actor.user, context.bot), context);
}

/** `mutes`: all current mutes. */
export const mutes = async ({ bot }: SlackContext): Promise<Answer> =>
  mutesAnswer(await mutesInForce(bot), await bot.watches.all());

async function scopeOf(typed: TypedScope, { channel }: Actor, { bot }: SlackContext): Promise<MuteScope> {
  switch (typed.kind) {
    case "here":
      return { kind: "channel", channel };
    case "channel":
      return { kind: "channel", channel: typed.channel };
    case "watch":
      return { kind: "watch", watch: (await watchNamed(typed.watch, bot)).id };
    case "app": {
      const app = typed.app === "all" ? null : typed.app;
      const named = await seriesNamed({ app }, {}, bot);
      return { kind: "app", workspace: named.workspace, app: named.app ?? "all" };
    }
  }
}
