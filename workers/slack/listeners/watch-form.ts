import type { SlackViewAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { fieldOf as blockField, errorsAt, type FormValues } from "../../../src/adapters/slack/views/form.ts";
import { doneModal, failureModal, loadingModal } from "../../../src/adapters/slack/views/plain-modals.ts";
import { itemOptions, segmentOptions, zoneOptions } from "../../../src/adapters/slack/views/suggestions.ts";
import { answerOf } from "../../../src/adapters/slack/views/watch-answer.ts";
import { watchAction } from "../../../src/adapters/slack/views/watch-blocks/fields.ts";
import { emptyForm, formOf, readWatchForm } from "../../../src/adapters/slack/views/watch-form.ts";
import {
  readWatchMemory,
  WATCH_MODAL,
  type WatchModal,
} from "../../../src/adapters/slack/views/watch-modal.ts";
import { watchNamed } from "../../../src/commands/named.ts";
import { InputError } from "../../../src/errors.ts";
import { brazeMetricOf } from "../../../src/metrics/metrics.ts";
import { OvertakenError, shownVersion } from "../../../src/pipeline/changes/overtaken.ts";
import { views } from "../../../src/text/forms/views.ts";
import { watchForm } from "../../../src/text/forms/watch.ts";
import { saveWatch } from "../commands/watch-form.ts";
import type { Listen, SlackContext } from "../context.ts";
import { open, redraw, type Waiting } from "../forms.ts";
import { publishHome } from "../homes.ts";
import { wordsFor } from "../reply.ts";
import { showPreview } from "../watch-preview.ts";

/** The watch form: updated with a preview at each choice, and saved when submitted. */
export const listenToWatchForm: Listen = (app, context) => {
  app.action({ type: "block_actions", action_id: /^watch\./ }, async ({ action, body, client }) => {
    const { view } = body as { view?: Sent };
    const { block_id: block } = action as { block_id?: string };
    if (view) await showPreview(client, view, await modalOf(view, context, block), context);
  });
  app.options(watchAction("segment"), async ({ options, ack }) => {
    await ack({ options: await segmentsFor(options as unknown as Suggesting, context) });
  });
  for (const field of ["item", "perItem"] as const)
    app.options(watchAction(field), async ({ options, ack }) => {
      await ack({ options: await itemsFor(field, options as unknown as Suggesting, context) });
    });
  app.options(watchAction("zone"), async ({ options, ack }) => {
    await ack({ options: zoneOptions(options.value) });
  });
  app.view<SlackViewAction>(WATCH_MODAL, async ({ ack, body, view, client }) => {
    const modal = await modalOf(view as unknown as Sent, context);
    const answer = answerOf(modal.form, modal.apps);
    const refuse = (errors: Readonly<Record<string, string>>) =>
      ack({ response_action: "errors", errors: { ...errorsAt(view as Pick<ModalView, "blocks">, errors) } });
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
    const [apps, watch] = await Promise.all([bot.apps.all(), watchId ? watchNamed(watchId, bot) : undefined]);
    const workspaces = bot.workspaces.map(({ name }) => name);
    const openedIn = body.channel?.id;
    const form = watch ? formOf(watch, apps) : emptyForm(workspaces[0] ?? "main", channel);
    const modal = {
      ...(watch && { watchId: watch.id, version: shownVersion(watch, apps) }),
      ...(openedIn && { openedIn }),
      form,
      workspaces,
      apps,
    };
    await showPreview(client, shown, modal, context);
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

/** @param used the block of the field that was just edited, if any */
async function modalOf(
  view: Sent,
  { bot }: SlackContext,
  used?: string,
): Promise<Omit<WatchModal, "preview">> {
  const { form: before, ...memory } = readWatchMemory(view);
  const apps = await bot.apps.all();
  return {
    ...memory,
    form: readWatchForm(view.state.values, before, { apps, ...(used && { used: blockField(used) }) }),
    workspaces: bot.workspaces.map(({ name }) => name),
    apps,
  };
}

interface Suggesting {
  readonly value: string;
  readonly view?: Sent;
}

async function segmentsFor({ value, view }: Suggesting, { bot, log }: SlackContext) {
  const workspace = view ? readWatchMemory(view).form.workspace : bot.workspaces[0]?.name;
  try {
    return segmentOptions(await bot.segments(workspace ?? "main"), value);
  } catch (error) {
    log.warn({ error: wordsFor(error, log) }, "console.segments-unknown");
    return [];
  }
}

async function itemsFor(field: "item" | "perItem", { value, view }: Suggesting, { bot, log }: SlackContext) {
  const form = view && readWatchMemory(view).form;
  const counted = field === "item" ? form : form?.per;
  const { item } = counted ? brazeMetricOf(counted) : {};
  if (!form || !item) return [];
  try {
    return itemOptions(await bot.items(form.workspace, item), value, item);
  } catch (error) {
    log.warn({ error: wordsFor(error, log) }, "console.items-unknown");
    // What is typed can be chosen all the same.
    return itemOptions([], value, item);
  }
}

const fieldOf = (error: unknown): string =>
  error instanceof InputError ? (error.field ?? "channel") : "channel";
