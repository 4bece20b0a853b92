import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import type { TypedWatch } from "../../../src/adapters/slack/commands/command.ts";
import { listAnswer } from "../../../src/adapters/slack/commands/lists.ts";
import { showAnswer } from "../../../src/adapters/slack/commands/show.ts";
import { InputError } from "../../../src/errors.ts";
import { addWatch, editWatch, removeWatch } from "../../../src/pipeline/actions/watch.ts";
import { requestOf, type WatchRequest } from "../../../src/pipeline/actions/watch-request.ts";
import type { Watch } from "../../../src/settings/watch.ts";
import type { Asker, Desk } from "../desk.ts";
import { watchNamed } from "./named.ts";
import { withObstacle } from "./obstacles.ts";
import { answerTo, permitted } from "./order.ts";
import { seriesNamed } from "./series-named.ts";

/** `list`: all watches. */
export const list = async ({ bot }: Desk): Promise<Answer> => listAnswer(await bot.watches.all());

/** `show WATCH`: one watch with all its settings. */
export const show = async (name: string, { bot }: Desk): Promise<Answer> =>
  showAnswer(await watchNamed(name, bot));

/** `watch …`: a new watch, of the channel in which it is typed unless another is named. */
export async function watch(typed: TypedWatch, asker: Asker, desk: Desk): Promise<Answer> {
  // Of a direct message nobody else hears.
  const here = asker.channel.startsWith("D") ? {} : { channel: asker.channel };
  const request = await requested({ ...here, unit: "hour", ...typed }, undefined, desk);
  await permitted(asker, [request.channel], desk);
  const answer = await answerTo(await addWatch(request, asker.user, desk.bot), desk);
  return withObstacle(answer, request.channel, desk);
}

/** `edit WATCH …`: what is named is set, everything else stays, also what somebody else sets in the same moment. */
export async function edit(name: string, typed: TypedWatch, asker: Asker, desk: Desk): Promise<Answer> {
  const { id } = await watchNamed(name, desk.bot);
  const laidOver = async (before: Watch) => {
    const request = await requested(typed, before, desk);
    await permitted(asker, [before.channel, request.channel], desk);
    return request;
  };
  const made = await editWatch(id, laidOver, asker.user, desk.bot);
  return withObstacle(await answerTo(made, desk), made.changed.after.channel, desk);
}

/** `remove WATCH`. */
export async function remove(name: string, asker: Asker, desk: Desk): Promise<Answer> {
  const { id, channel } = await watchNamed(name, desk.bot);
  await permitted(asker, [channel], desk);
  return answerTo(await removeWatch(id, asker.user, desk.bot), desk);
}

/** What was typed, laid over what there is; `null` takes away. */
export async function requested(
  typed: TypedWatch,
  before: Watch | undefined,
  { bot }: Desk,
): Promise<WatchRequest> {
  const { app, segment, appName, segmentName, quiet, owner, runbook, workspace: _, ...plain } = typed;
  const base: Partial<WatchRequest> = before ? requestOf(before) : {};
  const series = await seriesNamed(typed, base, bot);
  const { channel = base.channel, unit = base.unit ?? "hour" } = plain;
  if (!channel) throw new InputError("which channel is to be told? Add channel:#CHANNEL");
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

/** The same without what is null or undefined. */
const withoutNothing = (request: object): WatchRequest =>
  Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== null && value !== undefined),
  ) as unknown as WatchRequest;
