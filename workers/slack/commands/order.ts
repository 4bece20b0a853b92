import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import { changedAnswer, unchangedAnswer } from "../../../src/adapters/slack/commands/change.ts";
import { authorize, permitEverywhere, refuseLockout } from "../../../src/pipeline/actions/authorize.ts";
import type { Made } from "../../../src/pipeline/actions/change.ts";
import type { Person } from "../../../src/pipeline/ports/people.ts";
import { affectedChannels } from "../../../src/settings/affected-channels.ts";
import type { Changed } from "../../../src/settings/change.ts";
import type { Actor, SlackContext } from "../context.ts";

/** Returns the person, and throws InputError without permission to change what these channels receive. */
export const authorized = (
  actor: Actor,
  channels: readonly string[],
  { bot }: SlackContext,
): Promise<Person> => authorize(actor.user, channels, bot);

/** The same for a change and its channels. A change of permissions needs permission for everything. */
export async function authorizedFor(changed: Changed, { user }: Actor, { bot }: SlackContext): Promise<void> {
  if (changed.kind === "permissions") {
    const person = await permitEverywhere(user, bot);
    if (changed.after) await refuseLockout(changed.after, person, bot);
  } else await authorize(user, affectedChannels(changed, await bot.watches.all()), bot);
}

/** Answers the author of a change. */
export async function answerTo({ changed, change }: Made, context: SlackContext): Promise<Answer> {
  const watches = await context.bot.watches.all();
  if (!change) return unchangedAnswer(changed, watches);
  return changedAnswer(change, watches);
}

/** The time zone by which a person means a time: the person's own, otherwise that of the first workspace. */
export async function zoneOf({ user }: Actor, { bot, log }: SlackContext): Promise<string> {
  const usual = bot.workspaces[0]?.zone ?? "UTC";
  try {
    return (await bot.people.person(user)).zone ?? usual;
  } catch (error) {
    log.debug({ error: String(error) }, "console.zone-unknown");
    return usual;
  }
}
