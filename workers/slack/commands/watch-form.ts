import type { WatchAnswer } from "../../../src/adapters/slack/views/watch-answer.ts";
import { nameApp } from "../../../src/pipeline/actions/name-app.ts";
import { addWatch, editWatch } from "../../../src/pipeline/actions/watch.ts";
import type { WatchRequest } from "../../../src/pipeline/actions/watch-request.ts";
import type { App } from "../../../src/series/app.ts";
import type { Asker, Desk } from "../desk.ts";
import { watchNamed } from "./named.ts";
import { obstacleIn } from "./obstacles.ts";
import { kept, permitted } from "./order.ts";

/**
 * Adds or edits the watch of a form, and gives its app the name, the zone and the country that stand in it; answers what
 * keeps its channel from being told.
 */
export async function saveWatch(
  watchId: string | undefined,
  { request, app }: WatchAnswer,
  asker: Asker,
  desk: Desk,
): Promise<string | undefined> {
  const { bot } = desk;
  const before = watchId === undefined ? undefined : await watchNamed(watchId, bot);
  await permitted(asker, before ? [before.channel, request.channel] : [request.channel], desk);
  const full = await withFullName(request, desk);
  const changed = before ? await editWatch(before.id, full, bot) : await addWatch(full, bot);
  // Only once Braze was seen to know it.
  if (app) await nameIfNew(app, asker, desk);
  await kept(changed, asker, desk);
  return obstacleIn(request.channel, desk);
}

async function nameIfNew(app: App, asker: Asker, desk: Desk): Promise<void> {
  const known = (await desk.bot.apps.all()).find(
    (one) => one.workspace === app.workspace && one.app === app.app,
  );
  const isSame = known?.name === app.name && known.zone === app.zone && known.country === app.country;
  if (!isSame) await kept(await nameApp(app, desk.bot), asker, desk);
}

/** A list shows 75 characters of a name. */
async function withFullName(request: WatchRequest, { bot, log }: Desk): Promise<WatchRequest> {
  if (!request.segment) return request;
  try {
    const found = (await bot.segments(request.workspace)).find(({ id }) => id === request.segment);
    return found ? { ...request, segmentName: found.name } : request;
  } catch (error) {
    log.debug({ error: String(error) }, "console.segments-unknown");
    return request;
  }
}
