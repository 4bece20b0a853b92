import { InputError } from "../errors.ts";
import type { MuteScope } from "../notifications/mute.ts";
import { mute as muteScope, unmute as unmuteScope } from "../pipeline/actions/mute.ts";
import { mutesInForce } from "../pipeline/notifying/suppression.ts";
import { mutesAnswer } from "../text/answers/status.ts";
import { answerTo, clockOf } from "./answering.ts";
import { command, type Request } from "./command.ts";
import { instantOf } from "./grammar/moment.ts";
import { type MuteTarget, muteTarget, muteTargetUntil } from "./grammar/mute.ts";
import { nothing } from "./grammar/syntax.ts";
import { watchNamed } from "./named.ts";
import { seriesNamed } from "./series-named.ts";

/** "Until tomorrow" means the beginning of working hours. */
const MORNING = 9 * 60;

export const mute = command({
  about: "Post no alerts for a watch, an app or a channel for a while",
  usage: ["mute WATCH|app:ID|#CHANNEL|here [2 hours|until 5pm|until next monday|until recovers]"],
  examples: ["mute ios until 6pm", "mute app:ios 4h", "mute here until next monday"],
  permission: "change",
  syntax: muteTargetUntil,
  async run({ scope: typed, until }, request) {
    const { actor, bot } = request;
    const scope = await scopeOf(typed, request);
    const end = until === "recovery" ? until : instantOf(until, MORNING, await clockOf("future", request));
    return answerTo(await muteScope({ scope, until: end, by: actor.user }, bot), request);
  },
});

export const unmute = command({
  about: "End a mute",
  usage: ["unmute WATCH|app:ID|#CHANNEL|here"],
  examples: ["unmute ios"],
  permission: "change",
  syntax: muteTarget,
  run: async ({ scope }, request) =>
    answerTo(await unmuteScope(await scopeOf(scope, request), request.actor.user, request.bot), request),
});

export const mutes = command({
  about: "All mutes",
  usage: ["mutes"],
  examples: ["mutes"],
  permission: "look",
  syntax: nothing,
  run: async (_, { bot }) => mutesAnswer(await mutesInForce(bot), await bot.watches.all()),
});

async function scopeOf(typed: MuteTarget, { actor: { channel }, bot }: Request): Promise<MuteScope> {
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
