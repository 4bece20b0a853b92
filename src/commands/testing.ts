import { InputError } from "../errors.ts";
import { testAlert } from "../pipeline/actions/test-alert.ts";
import { testAnswer } from "../text/sample.ts";
import { command } from "./command.ts";
import { channelAlone } from "./grammar/channel.ts";

/** In the channel in which it is typed, unless another is named. */
export const test = command({
  group: "setup",
  aliases: ["sample"],
  meanings: ["check", "demo", "verify", "try"],
  about: "Post a sample alert here and by the routes of the channel, and see what worked",
  usage: ["test [#CHANNEL]"],
  examples: ["test"],
  permission: "change",
  syntax: channelAlone,
  async run({ channel: named }, { actor, bot }) {
    const channel = named ?? actor.channel;
    if (channel === "") throw new InputError("in which channel? Name one by its id");
    // It notifies the channel and its destinations, as a change there would.
    await bot.permit?.({ kind: "mute", scope: { kind: "channel", channel } });
    const { steps, hasRoutes } = await testAlert(channel, bot);
    return testAnswer(steps, hasRoutes);
  },
});
