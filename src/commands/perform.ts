import type { Bot } from "../bot.ts";
import { authorizeChange, permitEverywhere } from "../pipeline/changes/authorize.ts";
import type { Answer } from "../text/answers/answer.ts";
import type { Actor, Permission, Request } from "./command.ts";
import { type Command, entryOf } from "./table.ts";

/** Does a command for somebody who is permitted to give it. Throws InputError when it cannot be done. */
export async function perform(
  { commandName, ...fields }: Command,
  actor: Actor,
  { bot, log }: Pick<Request, "bot" | "log">,
): Promise<Answer> {
  const { permission, run } = entryOf(commandName);
  if (permission === "everywhere" && !actor.terminal) await permitEverywhere(actor.user, bot);
  return run(fields, { actor, bot: permitting(permission, actor, bot), log });
}

/** The same bot, which makes only the changes that somebody is permitted to make. */
export const permitting = (permission: Permission, actor: Actor, bot: Bot): Bot => ({
  ...bot,
  async permit(changed) {
    if (permission === "look") throw new Error(`a command that only looks would change the ${changed.kind}`);
    if (!actor.terminal) await authorizeChange(changed, actor.user, bot);
  },
});
