import { decorate } from "../../decorate.ts";
import { PermanentError, type TransientError } from "../../errors.ts";
import { refusedName, SLACK } from "../../health/checks/slack.ts";
import { redact } from "../../redact.ts";
import type { Context } from "../context.ts";
import type { Messenger } from "../ports/messages.ts";
import type { FailureReport } from "../ports/ops.ts";

/** The same messenger; it also records the channels that refuse messages, and whether Slack works at all. */
export function recordSlackFailures(
  messenger: Messenger,
  context: Pick<Context, "failures" | "clock">,
): Messenger {
  // The error goes on to the caller, who knows whether to retry.
  const noting = async <Answer>(
    channel: string,
    messageId: string,
    call: () => Promise<Answer>,
  ): Promise<Answer> => {
    try {
      const answer = await call();
      await clear(channel, context);
      return answer;
    } catch (error) {
      if (error instanceof PermanentError) await raise(channel, messageId, error, context);
      throw error;
    }
  };
  return decorate(messenger, {
    post: (call, channel, _, { messageId }) => noting(channel, messageId, call),
    update: (call, { channel }, _, messageId) => noting(channel, messageId, call),
  });
}

/** Records that Slack accepted only a plainer form of a message, until it accepts the full one. */
export async function recordForm(
  { channel, messageId, refusal }: Taken,
  { failures, clock }: Pick<Context, "failures" | "clock">,
): Promise<void> {
  if (!refusal) {
    await failures.clear(refusedName(messageId));
    return;
  }
  const message = `${refusal.message}; it was posted in a plainer form`;
  const report = { failure: "slack-plainer", message, advice: refusal.advice } as const;
  await raiseRefusal(channel, messageId, report, { failures, clock });
}

/** A message that Slack accepted, and why only in a plainer form. */
interface Taken {
  readonly channel: string;
  readonly messageId: string;
  readonly refusal?: PermanentError | TransientError;
}

/** Records that Slack accepted no form of a message. */
export async function recordRefusal(
  { channel, messageId, refusal: { failure, message, advice } }: Required<Taken>,
  context: Pick<Context, "failures" | "clock">,
): Promise<void> {
  const report = { failure, message: `${message}; it was not posted in any form`, advice };
  await raiseRefusal(channel, messageId, report, context);
}

async function raise(
  channel: string,
  messageId: string,
  error: PermanentError,
  context: Pick<Context, "failures" | "clock">,
): Promise<void> {
  const { failure, message, advice } = error;
  const { failures, clock } = context;
  const report = { failure, message: redact(message), advice, since: clock() };
  if (failure === "slack-workspace") await failures.raise(SLACK, report);
  if (failure === "slack-destination") await failures.raise(channel, report);
  if (failure === "slack-rejected" || failure === "slack-uploads")
    await recordRefusal({ channel, messageId, refusal: error }, context);
}

async function raiseRefusal(
  place: string,
  messageId: string,
  report: Omit<FailureReport, "since" | "refused">,
  { failures, clock }: Pick<Context, "failures" | "clock">,
): Promise<void> {
  const name = refusedName(messageId);
  const now = clock();
  const before = await failures.clear(name);
  const since = before?.since ?? now;
  await failures.raise(name, {
    ...report,
    message: redact(report.message),
    since,
    refused: { at: now, place },
  });
}

async function clear(channel: string, { failures }: Pick<Context, "failures" | "clock">): Promise<void> {
  await failures.clear(channel);
  await failures.clear(SLACK);
}
