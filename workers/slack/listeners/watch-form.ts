import type { SlackViewAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { fieldOf as blockField, errorsAt, type FormValues } from "../../../src/adapters/slack/views/form.ts";
import { doneModal, failureModal, loadingModal } from "../../../src/adapters/slack/views/plain-modals.ts";
import { readWatchForm } from "../../../src/adapters/slack/views/read-watch-form.ts";
import { answerOf } from "../../../src/adapters/slack/views/watch-answer.ts";
import {
  ADVANCED,
  advancedError,
  isAdvancedField,
  SHOW,
} from "../../../src/adapters/slack/views/watch-blocks/advanced.ts";
import { emptyForm, formOf } from "../../../src/adapters/slack/views/watch-form.ts";
import {
  readWatchMemory,
  WATCH_MODAL,
  type WatchModal,
} from "../../../src/adapters/slack/views/watch-modal.ts";
import { watchNamed } from "../../../src/commands/named.ts";
import { appsOf } from "../../../src/commands/series-named.ts";
import { InputError } from "../../../src/errors.ts";
import { authorize } from "../../../src/pipeline/changes/authorize.ts";
import { OvertakenError, shownVersion } from "../../../src/pipeline/changes/overtaken.ts";
import { views } from "../../../src/text/forms/views.ts";
import { watchForm } from "../../../src/text/forms/watch.ts";
import { saveWatch } from "../commands/watch-form.ts";
import type { Listen, SlackContext } from "../context.ts";
import { open, redraw, type Waiting } from "../forms.ts";
import { publishHome } from "../homes.ts";
import { asLatest } from "../latest.ts";
import { wordsFor } from "../reply.ts";
import { showPreview } from "../watch-preview.ts";
import { listenToWatchLists } from "./watch-lists.ts";

/** The watch form: updated with a preview at each choice, and saved when submitted. */
export const listenToWatchForm: Listen = (app, context) => {
  app.action({ type: "block_actions", action_id: /^watch\./ }, async ({ action, body, client }) => {
    const { view } = body as { view?: Sent };
    const { action_id: id, block_id: block, value } = action as Used;
    if (!view) return;
    const shown = asLatest(view.id);
    const modal = await modalOf(view, context, block);
    const isAdvanced = id === ADVANCED ? value === SHOW || hasHiddenErrors(modal) : modal.isAdvanced;
    await showPreview(client, shown, { ...modal, ...(isAdvanced !== undefined && { isAdvanced }) }, context);
  });
  listenToWatchLists(app, context);
  app.view<SlackViewAction>(WATCH_MODAL, async ({ ack, body, view, client }) => {
    const modal = await modalOf(view as unknown as Sent, context);
    const answer = answerOf(modal.form, modal.apps);
    const refuse = (errors: Readonly<Record<string, string>>) => {
      const shown = modal.isAdvanced
        ? errors
        : Object.fromEntries(
            Object.entries(errors).map(([field, error]) => [field, whereItStands(field, error)]),
          );
      return ack({
        response_action: "errors",
        errors: { ...errorsAt(view as Pick<ModalView, "blocks">, shown) },
      });
    };
    if ("errors" in answer) return refuse(answer.errors);
    const shown = modal.watchId ? { ...modal, watchId: modal.watchId } : undefined;
    try {
      const channelIssue = await saveWatch(shown, answer, { user: body.user.id, channel: "" }, context);
      const title = modal.watchId ? watchForm.saved : watchForm.watched;
      await (channelIssue
        ? ack({ response_action: "update", view: doneModal(title, views.done, channelIssue) })
        : ack());
    } catch (error) {
      const words = wordsFor(error, context.log);
      // Above the form, which keeps the typed values.
      if (error instanceof OvertakenError)
        return ack({ response_action: "push", view: failureModal(watchForm.notSaved, words) });
      return refuse({ [fieldOf(error)]: words });
    }
    await publishHome(client, body.user.id, context);
  });
};

/** Opens the form to add or edit a watch, and previews it. */
export async function openWatchForm(
  waiting: Waiting,
  { watchId, channel }: { readonly watchId?: string; readonly channel?: string },
  context: SlackContext,
): Promise<void> {
  const { client, body } = waiting;
  const title = watchId ? "Edit a watch" : "Add a watch";
  const shown = await open(waiting, loadingModal(title), context.log);
  if (!shown) return;
  try {
    const { bot } = context;
    const watch = watchId ? await watchNamed(watchId, bot) : undefined;
    await authorize(body.user.id, watch ? [watch.channel] : [], bot);
    const [apps, named] = await Promise.all([appsOf(bot), bot.apps.all()]);
    const workspaces = bot.workspaces.map(({ name }) => name);
    const openedIn = body.channel?.id;
    const form = watch ? formOf(watch, apps) : emptyForm(workspaces[0] ?? "main", channel);
    const modal = {
      ...(watch && { watchId: watch.id, version: shownVersion(watch, named) }),
      ...(openedIn && { openedIn }),
      form,
      workspaces,
      apps,
    };
    await showPreview(client, asLatest(shown.id), modal, context);
  } catch (error) {
    await redraw(client, shown, failureModal(title, wordsFor(error, context.log)), context.log);
  }
}

/** A view as Slack sends it, with its values. */
interface Sent {
  readonly id: string;
  readonly hash: string;
  readonly private_metadata: string;
  readonly state: { readonly values: FormValues };
}

/** What somebody chose or pressed. */
interface Used {
  readonly action_id?: string;
  readonly block_id?: string;
  readonly value?: string;
}

/** Whether the second step has to stay: something in it is wrong. */
function hasHiddenErrors({ form, apps }: Pick<WatchModal, "form" | "apps">): boolean {
  const answer = answerOf(form, apps);
  return "errors" in answer && Object.keys(answer.errors).some(isAdvancedField);
}

/** An error, which says where its field is if that is not shown. */
const whereItStands = (field: string, error: string): string =>
  isAdvancedField(field) ? advancedError(field, error) : error;

/** @param used the block of the field that was just edited, if any */
async function modalOf(
  view: Sent,
  { bot }: SlackContext,
  used?: string,
): Promise<Omit<WatchModal, "preview">> {
  const { form: before, ...memory } = readWatchMemory(view);
  const apps = await appsOf(bot);
  return {
    ...memory,
    form: readWatchForm(view.state.values, before, { apps, ...(used && { used: blockField(used) }) }),
    workspaces: bot.workspaces.map(({ name }) => name),
    apps,
  };
}

const fieldOf = (error: unknown): string =>
  error instanceof InputError ? (error.field ?? "channel") : "channel";
