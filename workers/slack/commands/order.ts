import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import { changedAnswer, unchangedAnswer } from "../../../src/adapters/slack/commands/change.ts";
import { permit, permitBy } from "../../../src/pipeline/actions/authorize.ts";
import { commit } from "../../../src/pipeline/actions/change.ts";
import type { Person } from "../../../src/pipeline/ports/people.ts";
import { channelsConcerned } from "../../../src/settings/affected-channels.ts";
import { type Changed, changesNothing } from "../../../src/settings/change.ts";
import type { Asker, Desk } from "../desk.ts";

/** Answers who asks, and throws InputError when this person may not change what these channels are told. */
export const permitted = (asker: Asker, channels: readonly string[], { bot }: Desk): Promise<Person> =>
  permit(asker.user, channels, bot);

/** The same for a change: of the channels that it concerns, and of a rule both by the one there is and by that which is to come. */
export async function permittedFor(changed: Changed, asker: Asker, desk: Desk): Promise<void> {
  const { bot } = desk;
  if (changed.kind === "access") {
    await permitted(asker, [asker.channel], desk);
    // Nobody locks everybody out.
    if (changed.after) await permitBy(changed.after, asker.user, [asker.channel], bot);
  } else await permitted(asker, channelsConcerned(changed, await bot.watches.all()), desk);
}

/** Keeps a change and has it told; answers whoever made it. What was so already is told to nobody else. */
export async function kept(changed: Changed, { user }: Asker, desk: Desk): Promise<Answer> {
  const watches = await desk.bot.watches.all();
  if (changesNothing(changed)) return unchangedAnswer(changed, watches);
  const change = await commit(changed, user, desk.bot);
  await desk.tell([change.id]);
  return changedAnswer(change, watches);
}

/** The zone of the clock by which somebody means a time: that of the person, else that of the first workspace. */
export async function zoneOf({ user }: Asker, { bot, log }: Desk): Promise<string> {
  const usual = bot.workspaces[0]?.zone ?? "UTC";
  try {
    return (await bot.people.person(user)).zone ?? usual;
  } catch (error) {
    log.debug({ error: String(error) }, "console.zone-unknown");
    return usual;
  }
}
