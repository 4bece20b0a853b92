import { InputError } from "../errors.ts";
import { isCovered, type Mute, type MuteScope } from "../notifications/mute.ts";
import { mute as muteScope, unmute as unmuteScope } from "../pipeline/actions/mute.ts";
import { mutesInForce } from "../pipeline/notifying/suppression.ts";
import { type Answer, together } from "../text/answers/answer.ts";
import { muteChannelOffer, mutesEnded } from "../text/answers/feedback.ts";
import { mutesAnswer } from "../text/answers/status.ts";
import { answerTo, clockOf } from "./answering.ts";
import { command, type Request } from "./command.ts";
import { instantOf } from "./grammar/moment.ts";
import { type MuteTarget, muteTarget, muteTargetUntil } from "./grammar/mute.ts";
import { nothing } from "./grammar/syntax.ts";
import { watchNamed } from "./named.ts";
import { seriesNamed } from "./series-named.ts";

/** "Until tomorrow" means the beginning of working hours. */
export const MORNING = 9 * 60;

export const mute = command({
  group: "respond",
  aliases: ["snooze", "silence", "pause"],
  meanings: ["stop", "quiet", "disable", "off", "hide"],
  about: "Post no alerts for a watch, an app or a channel for a while",
  usage: ["mute WATCH|app:ID|#CHANNEL|here|all [2 hours|until 5pm|until next monday|until recovers]"],
  examples: ["mute ios until 6pm", "mute app:ios 4h", "mute here until next monday"],
  permission: "change",
  syntax: muteTargetUntil,
  async run({ scope: typed, until, isConfirmed }, request) {
    const { actor, bot } = request;
    const scope = await scopeOf(typed.kind === "all" ? { kind: "here" } : typed, request);
    const end = until === "recovery" ? until : instantOf(until, MORNING, await clockOf("future", request));
    if (scope.kind === "channel" && !isConfirmed && !actor.terminal) {
      await bot.permit?.({ kind: "mute", scope });
      const words = muteTargetUntil.print({ scope, until, isConfirmed: true });
      return muteChannelOffer(scope, await bot.watches.all(), `mute ${words.join(" ")}`);
    }
    return answerTo(await muteScope({ scope, until: end, by: actor.user }, bot), request);
  },
});

export const unmute = command({
  group: "respond",
  aliases: ["unsnooze", "unsilence", "resume", "unpause"],
  meanings: ["enable", "on", "wake", "restart"],
  about: "End a mute",
  usage: ["unmute WATCH|app:ID|#CHANNEL|here|all"],
  examples: ["unmute ios", "unmute all"],
  permission: "change",
  syntax: muteTarget,
  async run({ scope }, request) {
    const { actor, bot } = request;
    if (scope.kind !== "all")
      return answerTo(await unmuteScope(await scopeOf(scope, request), actor.user, bot), request);
    const answers: Answer[] = [];
    for (const mute of await mutesHere(request))
      answers.push(await answerTo(await unmuteScope(mute.scope, actor.user, bot), request));
    return together(answers, mutesEnded(answers.length));
  },
});

/** The mutes of watches that post where the command is typed; at the command line all. */
async function mutesHere({ actor: { channel }, bot }: Request): Promise<Mute[]> {
  const [mutes, watches] = await Promise.all([mutesInForce(bot), bot.watches.all()]);
  const here = watches.filter((watch) => watch.channel === channel);
  const found = mutes.filter(({ scope }) => channel === "" || here.some((watch) => isCovered(watch, scope)));
  if (found.length === 0) throw new InputError("nothing is muted here. `/tidewatch mutes` lists all mutes");
  return found;
}

export const mutes = command({
  group: "look",
  aliases: ["muted", "snoozes"],
  meanings: ["silences"],
  about: "All mutes",
  usage: ["mutes"],
  examples: ["mutes"],
  permission: "look",
  syntax: nothing,
  run: async (_, { bot }) => mutesAnswer(await mutesInForce(bot), await bot.watches.all()),
});

/** The scope that a typed target means. Throws InputError when there is none. */
export async function scopeOf(
  typed: Exclude<MuteTarget, { kind: "all" }>,
  { actor: { channel }, bot }: Request,
): Promise<MuteScope> {
  switch (typed.kind) {
    case "here":
      if (channel === "") throw new InputError("there is no channel here. Name one by its id");
      return { kind: "channel", channel };
    case "channel":
      return typed;
    case "watch":
      return { kind: "watch", watch: (await watchNamed(typed.watch, bot)).id };
    case "app": {
      const app = typed.app === "all" ? null : typed.app;
      const { workspace } = typed;
      const found = await seriesNamed({ app, ...(workspace && { workspace }) }, {}, bot);
      return { kind: "app", workspace: found.workspace, app: found.app ?? "all" };
    }
  }
}
