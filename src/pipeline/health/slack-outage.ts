import { decorate } from "../../decorate.ts";
import { PermanentError, TransientError } from "../../errors.ts";
import { isDown, type Outage } from "../../notifications/outage.ts";
import type { Context } from "../context.ts";
import type { Messenger } from "../ports/messages.ts";

/** The same messenger; it also records since when Slack has taken nothing. */
export function recordOutage(
  messenger: Messenger,
  { outage, clock }: Pick<Context, "outage" | "clock">,
): Messenger {
  const noting = async <Answer>(call: () => Promise<Answer>): Promise<Answer> => {
    let answer: Answer;
    try {
      answer = await call();
    } catch (error) {
      if (tookNothing(error)) await outage.prolong(clock());
      throw error;
    }
    await outage.end();
    return answer;
  };
  return decorate(messenger, { post: noting, update: noting });
}

/** Whether Slack itself failed, and not one channel or one message. */
const tookNothing = (error: unknown): boolean =>
  (error instanceof TransientError && error.failure.startsWith("slack-")) ||
  (error instanceof PermanentError && error.failure === "slack-workspace");

/** The outage of Slack, once it has lasted long enough that alerts go elsewhere. */
export async function slackDown({
  outage,
  fallback,
  clock,
}: Pick<Context, "outage" | "fallback" | "clock">): Promise<Outage | undefined> {
  const known = await outage.get();
  return known && isDown(known, { now: clock(), after: fallback.after }) ? known : undefined;
}
