import { setTimeout as pause } from "node:timers/promises";
import type { SlackViewAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { refusalAnswer } from "../../../src/adapters/slack/commands/refusal.ts";
import { errorsAt, type FormValues } from "../../../src/adapters/slack/views/form.ts";
import { segmentOptions, zoneOptions } from "../../../src/adapters/slack/views/suggestions.ts";
import { answerOf } from "../../../src/adapters/slack/views/watch-answer.ts";
import { watchAction } from "../../../src/adapters/slack/views/watch-blocks/fields.ts";
import { emptyForm, formOf, readWatchForm } from "../../../src/adapters/slack/views/watch-form.ts";
import {
  loadingModal,
  readWatchMemory,
  savedModal,
  WATCH_MODAL,
  type WatchModal,
} from "../../../src/adapters/slack/views/watch-modal.ts";
import { troubleModal } from "../../../src/adapters/slack/views/why-modal.ts";
import { SECOND } from "../../../src/core/time.ts";
import { InputError } from "../../../src/errors.ts";
import type { Desk, Listen } from "../desk.ts";
import { open, redraw } from "../forms.ts";
import { publishHome } from "../homes.ts";
import { whisper, wordsFor } from "../reply.ts";
import { watchNamed } from "../verbs/named.ts";
import { saveWatch } from "../verbs/watch-form.ts";
import { showPreview } from "../watch-preview.ts";

/** The form of a watch: drawn anew at each choice, with what it would have said, and saved when it is sent. */
export const listenToWatchForm: Listen = (app, desk) => {
  app.action({ type: "block_actions", action_id: /^watch\./ }, async ({ body, client }) => {
    const { view } = body as { view?: Sent };
    if (view) await showPreview(client, view, await modalOf(view, desk), desk);
  });
  app.options(watchAction("segment"), async ({ options, ack }) => {
    await ack({ options: await segmentsFor(options as unknown as Suggesting, desk) });
  });
  app.options(watchAction("zone"), async ({ options, ack }) => {
    await ack({ options: zoneOptions(options.value) });
  });
  app.view<SlackViewAction>(WATCH_MODAL, async ({ ack, body, view, client }) => {
    const modal = await modalOf(view as unknown as Sent, desk);
    const answer = answerOf(modal.form, modal.apps);
    const refuse = (errors: Readonly<Record<string, string>>) =>
      ack({ response_action: "errors", errors: { ...errorsAt(view as Pick<ModalView, "blocks">, errors) } });
    if ("errors" in answer) return refuse(answer.errors);

    const saving = saveWatch(modal.watchId, answer, { user: body.user.id, channel: "" }, desk).then(
      (obstacle) => ({ obstacle }),
      (error: unknown) => ({ error }),
    );
    const after = (outcome: Awaited<typeof saving>) =>
      "error" in outcome
        ? troubleModal("Not saved", wordsFor(outcome.error, desk.log))
        : savedModal(modal.watchId, outcome.obstacle);
    // Slack waits three seconds; Braze, which is asked whether it knows the ids, may take longer.
    const soon = await Promise.race([saving, pause(ANSWER_WITHIN, LATER)]);
    if (soon === LATER) {
      await ack({ response_action: "update", view: loadingModal("Asking Braze…") });
      const outcome = await saving;
      const shown = await redraw(client, { id: view.id }, after(outcome), desk.log);
      // Whoever closed the form meanwhile takes it for saved.
      if (!shown && "error" in outcome) {
        const where = { channel: answer.request.channel, user: body.user.id };
        const why = `The watch was not saved: ${wordsFor(outcome.error, desk.log)}`;
        await whisper(client, where, refusalAnswer(why), desk.log);
      }
    } else if ("error" in soon) return refuse({ [fieldOf(soon.error)]: wordsFor(soon.error, desk.log) });
    else if (soon.obstacle) await ack({ response_action: "update", view: after(soon) });
    else await ack();
    await publishHome(client, body.user.id, desk);
  });
};

const ANSWER_WITHIN = 2 * SECOND;
const LATER = Symbol("later");

/** Opens the form to add a watch, or to edit one, and previews it. */
export async function openWatchForm(
  client: WebClient,
  trigger: string,
  { watchId, channel }: { readonly watchId?: string; readonly channel?: string },
  desk: Desk,
): Promise<void> {
  const shown = await open(
    client,
    trigger,
    loadingModal(watchId ? "Edit a watch" : "Watch sessions"),
    desk.log,
  );
  if (!shown) return;
  try {
    const { bot } = desk;
    const [apps, watch] = await Promise.all([bot.apps.all(), watchId ? watchNamed(watchId, bot) : undefined]);
    const workspaces = bot.workspaces.map(({ name }) => name);
    const form = watch ? formOf(watch, apps) : emptyForm(workspaces[0] ?? "main", channel);
    await showPreview(client, shown, { ...(watch && { watchId: watch.id }), form, workspaces, apps }, desk);
  } catch (error) {
    await redraw(client, shown, troubleModal("Watch sessions", wordsFor(error, desk.log)), desk.log);
  }
}

/** A view as Slack sends it with what stands in it. */
interface Sent {
  readonly id: string;
  readonly hash: string;
  readonly private_metadata: string;
  readonly state: { readonly values: FormValues };
}

async function modalOf(view: Sent, { bot }: Desk): Promise<Omit<WatchModal, "preview">> {
  const { watchId, form } = readWatchMemory(view);
  const before = { ...emptyForm(form.workspace), ...form };
  return {
    ...(watchId && { watchId }),
    form: readWatchForm(view.state.values, before),
    workspaces: bot.workspaces.map(({ name }) => name),
    apps: await bot.apps.all(),
  };
}

interface Suggesting {
  readonly value: string;
  readonly view?: Sent;
}

async function segmentsFor({ value, view }: Suggesting, { bot, log }: Desk) {
  const workspace = view ? readWatchMemory(view).form.workspace : bot.workspaces[0]?.name;
  try {
    return segmentOptions(await bot.segments(workspace ?? "main"), value);
  } catch (error) {
    log.warn({ error: wordsFor(error, log) }, "console.segments-unknown");
    return [];
  }
}

const fieldOf = (error: unknown): string =>
  error instanceof InputError ? (error.field ?? "channel") : "channel";
