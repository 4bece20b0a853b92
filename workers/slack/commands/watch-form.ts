import type { WatchAnswer } from "../../../src/adapters/slack/views/watch-answer.ts";
import { nameApp } from "../../../src/pipeline/actions/name-app.ts";
import { addWatch, editWatch } from "../../../src/pipeline/actions/watch.ts";
import type { WatchRequest } from "../../../src/pipeline/actions/watch-request.ts";
import { refuseOvertaken } from "../../../src/pipeline/overtaken.ts";
import type { App } from "../../../src/series/app.ts";
import type { Watch } from "../../../src/settings/watch.ts";
import type { Asker, Desk } from "../desk.ts";
import { obstacleIn } from "./obstacles.ts";
import { answerTo, permitted, permittedFor } from "./order.ts";

/** The watch that a form shows, and in which state: see `shownVersion`. */
export interface ShownWatch {
  readonly watchId: string;
  readonly version?: string;
}

/**
 * Adds or edits the watch of a form, and gives its app the name, the zone and the country that stand in it; answers what
 * keeps its channel from being told. Throws OvertakenError where somebody changed what the form shows since it was opened.
 */
export async function saveWatch(
  shown: ShownWatch | undefined,
  { request, app }: WatchAnswer,
  asker: Asker,
  desk: Desk,
): Promise<string | undefined> {
  const { bot } = desk;
  const full = await withFullName(request, desk);
  const edit = async (before: Watch) => {
    await permitted(asker, [before.channel, request.channel], desk);
    if (shown?.version) await refuseOvertaken(shown.version, before, bot);
    return full;
  };
  if (!shown) await permitted(asker, [request.channel], desk);
  const made = await (shown
    ? editWatch(shown.watchId, edit, asker.user, bot)
    : addWatch(full, asker.user, bot));
  // Only once Braze was seen to know it.
  if (app) await nameIfNew(app, asker, desk);
  await answerTo(made, desk);
  return obstacleIn(request.channel, desk);
}

async function nameIfNew(app: App, asker: Asker, desk: Desk): Promise<void> {
  const known = (await desk.bot.apps.all()).find(
    (one) => one.workspace === app.workspace && one.app === app.app,
  );
  const isSame = known?.name === app.name && known.zone === app.zone && known.country === app.country;
  if (isSame) return;
  await permittedFor({ kind: "app", workspace: app.workspace, app: app.app, after: app }, asker, desk);
  await answerTo(await nameApp(app, asker.user, desk.bot), desk);
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
