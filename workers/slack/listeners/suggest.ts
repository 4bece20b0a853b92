import type { SlackViewAction } from "@slack/bolt";
import type { WebClient } from "@slack/web-api";
import { errorsAt, type FormValues } from "../../../src/adapters/slack/views/form.ts";
import { doneModal, failureModal, loadingModal } from "../../../src/adapters/slack/views/plain-modals.ts";
import {
  readSuggestModal,
  SUGGEST_INSTEAD,
  SUGGEST_MODAL,
  type SuggestedOfApp,
  suggestModal,
} from "../../../src/adapters/slack/views/suggest-modal.ts";
import { readWatchMemory } from "../../../src/adapters/slack/views/watch-modal.ts";
import { channelIssueIn } from "../../../src/commands/channel-issue.ts";
import { permitting } from "../../../src/commands/perform.ts";
import { appsOf } from "../../../src/commands/series-named.ts";
import { suggestedApps } from "../../../src/commands/suggesting.ts";
import { addWatches } from "../../../src/pipeline/actions/watch.ts";
import { authorize } from "../../../src/pipeline/changes/authorize.ts";
import { poolRoom } from "../../../src/pipeline/reports/pool-room.ts";
import { suggestWatches } from "../../../src/pipeline/reports/suggestions.ts";
import { type SuggestedApp, suggestedWatch } from "../../../src/reports/suggested-watches.ts";
import { roomWords, watchFormErrors } from "../../../src/text/forms/watch.ts";
import { addedWords, moreApps, readingWords, suggestForm as words } from "../../../src/text/suggestions.ts";
import { ALL_APPS_TITLE } from "../../../src/text/titles.ts";
import type { Listen, SlackContext } from "../context.ts";
import type { Shown } from "../draw.ts";
import { open, redraw, type Waiting } from "../forms.ts";
import { publishHome } from "../homes.ts";
import { asLatest } from "../latest.ts";
import { wordsFor } from "../reply.ts";

/** A form has a hundred blocks, an app takes up to three. */
const MOST_APPS = 20;

/** The form that suggests watches: what was ticked is added in one step. */
export const listenToSuggestForm: Listen = (app, context) => {
  app.action({ type: "block_actions", action_id: SUGGEST_INSTEAD }, async ({ body, client }) => {
    const { view } = body as { view?: { id: string; private_metadata: string } };
    if (!view) return;
    const { channel } = readWatchMemory(view).form;
    const shown = await redraw(client, asLatest(view.id), loadingModal(words.title), context.log);
    if (shown) await suggestInto(client, shown, { ...(channel && { channel }), user: body.user.id }, context);
  });
  app.view<SlackViewAction>(SUGGEST_MODAL, async ({ ack, body, view, client }) => {
    const { channel, ticked } = readSuggestModal(view.state.values as FormValues);
    const refuse = (errors: Readonly<Record<string, string>>) =>
      ack({ response_action: "errors", errors: { ...errorsAt(view as never, errors) } });
    if (!channel) return refuse({ channel: watchFormErrors.channel });
    if (ticked.length === 0) return refuse({ suggest: words.nothing });
    const user = body.user.id;
    try {
      const bot = permitting("change", { user, channel: "" }, context.bot);
      const known = await appsOf(bot);
      const requests = ticked.map(({ workspace, app, counted }) => {
        const name = known.find((one) => one.workspace === workspace && one.app === app)?.name;
        const of = { workspace, name: name ?? app ?? ALL_APPS_TITLE, ...(app && { app }) };
        const { series, ...rules } = suggestedWatch(of, counted);
        return { ...series, ...rules, channel };
      });
      const added = await addWatches(requests, user, bot);
      const channelIssue = await channelIssueIn(channel, context);
      await ack({
        response_action: "update",
        view: doneModal(words.watched, addedWords(added.length), channelIssue),
      });
    } catch (error) {
      return refuse({ channel: wordsFor(error, context.log) });
    }
    await publishHome(client, user, context);
  });
};

/** Opens the form, and adds app by app what is suggested for it. */
export async function openSuggestForm(
  waiting: Waiting,
  what: Suggested,
  context: SlackContext,
): Promise<void> {
  const shown = await open(waiting, loadingModal(words.title), context.log);
  if (shown) await suggestInto(waiting.client, shown, { ...what, user: waiting.body.user.id }, context);
}

/** The app to suggest for, left out: every app; and where to alert. */
interface Suggested {
  readonly app?: string;
  readonly channel?: string;
}

async function suggestInto(
  client: WebClient,
  shown: Shown,
  { app, channel, user }: Suggested & { readonly user: string },
  context: SlackContext,
): Promise<void> {
  const { bot, log } = context;
  let now: Shown | undefined = shown;
  const read: SuggestedOfApp[] = [];
  const show = async (notes: readonly string[]) => {
    const explain = (error: unknown) => wordsFor(error, log);
    const view = suggestModal({ ...(channel && { channel }), apps: read, notes, explain });
    if (now) now = await redraw(client, now, view, log);
  };
  let all: readonly SuggestedApp[];
  try {
    await authorize(user, [], bot);
    all = await suggestedApps(app, bot);
  } catch (error) {
    await redraw(client, now, failureModal(words.title, wordsFor(error, log)), log);
    return;
  }
  const some = all.slice(0, MOST_APPS);
  for (const [i, one] of some.entries()) {
    await show([readingWords(one, i + 1, some.length)]);
    // Somebody closed it.
    if (!now) return;
    read.push({ app: one, suggestions: await suggestWatches(one, bot) });
  }
  const rooms = [...new Set(some.map(({ workspace }) => workspace))].map(async (workspace) =>
    roomWords(await poolRoom(workspace, bot)),
  );
  await show([
    ...new Set(await Promise.all(rooms)),
    ...(all.length > some.length ? [moreApps(all.length - some.length)] : []),
  ]);
}
