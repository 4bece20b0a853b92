import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import type { TypedWatch } from "../../../src/adapters/slack/commands/command.ts";
import { listAnswer } from "../../../src/adapters/slack/commands/lists.ts";
import { showAnswer } from "../../../src/adapters/slack/commands/show.ts";
import { InputError } from "../../../src/errors.ts";
import { addWatch, editWatch, removeWatch } from "../../../src/pipeline/actions/watch.ts";
import { requestOf, type WatchRequest } from "../../../src/pipeline/actions/watch-request.ts";
import type { Watch } from "../../../src/settings/watch.ts";
import type { Actor, SlackContext } from "../context.ts";
import { watchNamed } from "./named.ts";
import { withChannelIssue } from "./obstacles.ts";
import { answerTo, authorized } from "./order.ts";
import { seriesNamed } from "./series-named.ts";

/** `list`: all watches. */
export const list = async ({ bot }: SlackContext): Promise<Answer> => listAnswer(await bot.watches.all());

/** `show WATCH`: one watch with all its settings. */
export const show = async (name: string, { bot }: SlackContext): Promise<Answer> =>
  showAnswer(await watchNamed(name, bot));

/** `watch …`: a new watch, in the channel in which it is typed unless another is named. */
export async function watch(typed: TypedWatch, actor: Actor, context: SlackContext): Promise<Answer> {
  // Nobody else sees a direct message.
  const here = actor.channel.startsWith("D") ? {} : { channel: actor.channel };
  const request = await requested({ ...here, unit: "hour", ...typed }, undefined, context);
  await authorized(actor, [request.channel], context);
  const answer = await answerTo(await addWatch(request, actor.user, context.bot), context);
  return withChannelIssue(answer, request.channel, context);
}

/** `edit WATCH …`: sets what is named. Everything else stays, including a simultaneous edit by somebody else. */
export async function edit(
  name: string,
  typed: TypedWatch,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const { id } = await watchNamed(name, context.bot);
  const laidOver = async (before: Watch) => {
    const request = await requested(typed, before, context);
    await authorized(actor, [before.channel, request.channel], context);
    return request;
  };
  const made = await editWatch(id, laidOver, actor.user, context.bot);
  return withChannelIssue(await answerTo(made, context), made.changed.after.channel, context);
}

/** `remove WATCH`. */
export async function remove(name: string, actor: Actor, context: SlackContext): Promise<Answer> {
  const { id, channel } = await watchNamed(name, context.bot);
  await authorized(actor, [channel], context);
  return answerTo(await removeWatch(id, actor.user, context.bot), context);
}

/** The typed settings, applied to the current ones; `null` removes. */
export async function requested(
  typed: TypedWatch,
  before: Watch | undefined,
  { bot }: SlackContext,
): Promise<WatchRequest> {
  const { app, segment, appName, segmentName, quiet, owner, runbook, workspace: _, ...plain } = typed;
  const base: Partial<WatchRequest> = before ? requestOf(before) : {};
  const series = await seriesNamed(typed, base, bot);
  const { channel = base.channel, unit = base.unit ?? "hour" } = plain;
  if (!channel) throw new InputError("which channel gets the alerts? Add channel:#CHANNEL");
  return withoutNothing({
    ...base,
    ...plain,
    channel,
    unit,
    ...series,
    ...(appName !== undefined && { appName }),
    ...(segmentName !== undefined && { segmentName }),
    ...(quiet !== undefined && { quiet }),
    ...(owner !== undefined && { owner }),
    ...(runbook !== undefined && { runbook }),
  });
}

/** The same without null and undefined values. */
const withoutNothing = (request: object): WatchRequest =>
  Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== null && value !== undefined),
  ) as unknown as WatchRequest;
