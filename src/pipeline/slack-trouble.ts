import { SLACK } from "../core/symptoms-around.ts";
import { decorate } from "../decorate.ts";
import { PermanentError } from "../errors.ts";
import { redact } from "../redact.ts";
import type { Clock } from "./ports/clock.ts";
import type { Messenger } from "./ports/messages.ts";
import type { TroubleStore } from "./ports/ops.ts";

export interface SlackTroubleDeps {
  readonly troubles: Pick<TroubleStore, "raise" | "clear">;
  readonly clock: Clock;
}

/** The same messenger, noting the channels in which nothing can be said, and whether anything can be said at all. */
export function noteSlackTroubles(messenger: Messenger, deps: SlackTroubleDeps): Messenger {
  // The error goes on to whoever knows whether to try again.
  const noting = async <Answer>(channel: string, call: () => Promise<Answer>): Promise<Answer> => {
    try {
      const answer = await call();
      await clear(channel, deps);
      return answer;
    } catch (error) {
      if (error instanceof PermanentError) await raise(channel, error, deps);
      throw error;
    }
  };
  return decorate(messenger, {
    post: (call, channel) => noting(channel, call),
    update: (call, { channel }) => noting(channel, call),
  });
}

async function raise(
  channel: string,
  { trouble, message, advice }: PermanentError,
  { troubles, clock }: SlackTroubleDeps,
): Promise<void> {
  if (trouble !== "slack-destination" && trouble !== "slack-workspace") return;
  const name = trouble === "slack-workspace" ? SLACK : channel;
  await troubles.raise(name, { trouble, message: redact(message), advice, since: clock() });
}

async function clear(channel: string, { troubles }: SlackTroubleDeps): Promise<void> {
  await troubles.clear(channel);
  await troubles.clear(SLACK);
}
