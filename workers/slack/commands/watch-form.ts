import type { WatchAnswer } from "../../../src/adapters/slack/views/watch-answer.ts";
import type { Bot } from "../../../src/bot.ts";
import { channelIssueIn } from "../../../src/commands/channel-issue.ts";
import type { Actor } from "../../../src/commands/command.ts";
import { permitting } from "../../../src/commands/perform.ts";
import { brazeMetricOf } from "../../../src/metrics/metrics.ts";
import { nameApp } from "../../../src/pipeline/actions/name-app.ts";
import { addWatch, editWatch } from "../../../src/pipeline/actions/watch.ts";
import type { WatchRequest } from "../../../src/pipeline/actions/watch-request.ts";
import { refuseOvertaken } from "../../../src/pipeline/changes/overtaken.ts";
import type { App } from "../../../src/series/app.ts";
import type { Watch } from "../../../src/settings/watch.ts";
import type { Text } from "../../../src/text/text.ts";
import type { SlackContext } from "../context.ts";

/** The watch that a form shows, and its version: see `shownVersion`. */
export interface ShownWatch {
  readonly watchId: string;
  readonly version?: string;
}

/**
 * Adds or edits the watch of a form, and saves the name, zone and country of its app. Returns the reason why its
 * channel cannot be posted in. Throws OvertakenError when somebody changed the shown settings since the form was
 * opened.
 */
export async function saveWatch(
  shown: ShownWatch | undefined,
  { request, app }: WatchAnswer,
  actor: Actor,
  context: SlackContext,
): Promise<Text | undefined> {
  const bot = permitting("change", actor, context.bot);
  const full = await withFullName(request, context);
  const edit = async (before: Watch) => {
    if (shown?.version) await refuseOvertaken(shown.version, before, bot);
    return full;
  };
  await (shown ? editWatch(shown.watchId, edit, actor.user, bot) : addWatch(full, actor.user, bot));
  // Only after Braze confirmed it.
  if (app) await nameIfNew(app, actor, bot);
  return channelIssueIn(request.channel, context);
}

async function nameIfNew(app: App, { user }: Actor, bot: Bot): Promise<void> {
  const known = (await bot.apps.all()).find((one) => one.workspace === app.workspace && one.app === app.app);
  const isSame = known?.name === app.name && known.zone === app.zone && known.country === app.country;
  if (!isSame) await nameApp(app, user, bot);
}

/** A list shows 75 characters of a name. */
async function withFullName(request: WatchRequest, { bot, log }: SlackContext): Promise<WatchRequest> {
  const { workspace, segment } = request;
  const { item } = brazeMetricOf(request);
  try {
    const ofItem = item?.isId && (await bot.items(workspace, item)).find(({ id }) => id === request.item);
    const ofSegment = segment && (await bot.segments(workspace)).find(({ id }) => id === segment);
    return {
      ...request,
      ...(ofItem && { itemName: ofItem.name }),
      ...(ofSegment && { segmentName: ofSegment.name }),
    };
  } catch (error) {
    log.debug({ error: String(error) }, "console.names-unknown");
    return request;
  }
}
