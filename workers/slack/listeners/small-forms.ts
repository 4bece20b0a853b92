import type { App, BlockStaticSelectAction, SlackViewAction } from "@slack/bolt";
import type { ModalView } from "@slack/types";
import { EVENT_MODAL, eventAnswer } from "../../../src/adapters/slack/views/event-modal.ts";
import { errorsAt, type FormValues } from "../../../src/adapters/slack/views/form.ts";
import {
  type ChannelMute,
  MUTE_CHANNEL_MODAL,
  MUTE_MODAL,
  MUTE_UNTIL,
  muteAnswer,
  muteChannelModal,
  muteModal,
  readMuteModal,
} from "../../../src/adapters/slack/views/mute-modal.ts";
import { failureModal } from "../../../src/adapters/slack/views/plain-modals.ts";
import { REMOVE_MODAL, type RemoveMemory } from "../../../src/adapters/slack/views/remove-modal.ts";
import type { Actor } from "../../../src/commands/command.ts";
import { perform } from "../../../src/commands/perform.ts";
import type { Answer } from "../../../src/text/answers/answer.ts";
import { muteScoped, planned } from "../commands/alerting.ts";
import type { Listen, SlackContext } from "../context.ts";
import { redraw } from "../forms.ts";
import { publishHome } from "../homes.ts";
import { asLatest } from "../latest.ts";
import { wordsFor } from "../reply.ts";

type Read<Parsed> = Parsed | { readonly errors: Readonly<Record<string, string>> };

/** The forms for a mute, an event, and the removal of a watch. */
export const listenToSmallForms: Listen = (app, context) => {
  app.action<BlockStaticSelectAction>(
    { type: "block_actions", action_id: MUTE_UNTIL },
    async ({ body, client }) => {
      const { view } = body;
      if (!view) return;
      const stands = readMuteModal(view.private_metadata, view.state.values as FormValues);
      await redraw(client, asLatest(view.id), muteModal(stands), context.log);
    },
  );
  onSubmit(
    app,
    MUTE_MODAL,
    context,
    (metadata, values) => muteAnswer(metadata, values, context.bot.clock()),
    ({ scope, until }, actor) => muteScoped(scope, until, actor, context),
    async ({ scope, until }) =>
      scope.kind === "channel" && muteChannelModal({ scope, until }, await context.bot.watches.all()),
  );
  onSubmit(
    app,
    MUTE_CHANNEL_MODAL,
    context,
    (metadata) => JSON.parse(metadata) as ChannelMute,
    ({ scope, until }, actor) => muteScoped(scope, until, actor, context),
  );
  onSubmit(
    app,
    EVENT_MODAL,
    context,
    (metadata, values) => eventAnswer(metadata, values, context.bot.clock()),
    (parsed, actor) => planned(parsed, actor, context),
  );
  onSubmit(
    app,
    REMOVE_MODAL,
    context,
    (metadata) => JSON.parse(metadata) as RemoveMemory,
    ({ watchId }, actor) => perform({ commandName: "remove", watch: watchId }, actor, context),
  );
};

/**
 * Reads a submitted form, does what it requests, and shows errors at its fields.
 * @param confirming a view on top that asks first, if it is needed
 */
function onSubmit<Parsed extends object>(
  app: App,
  modal: string,
  context: SlackContext,
  read: (metadata: string, values: FormValues) => Read<Parsed>,
  act: (parsed: Parsed, actor: Actor) => Promise<Answer>,
  confirming?: (parsed: Parsed) => Promise<ModalView | false>,
): void {
  app.view<SlackViewAction>(modal, async ({ ack, body, view, client }) => {
    const parsed = read(view.private_metadata, view.state.values as FormValues);
    const refuse = (errors: Readonly<Record<string, string>>) =>
      ack({
        response_action: "errors",
        errors: { ...errorsAt(view as Pick<ModalView, "blocks">, errors) },
      });
    if ("errors" in parsed) return refuse(parsed.errors as Readonly<Record<string, string>>);
    const question = await confirming?.(parsed as Parsed);
    if (question) return ack({ response_action: "push", view: question });
    try {
      await act(parsed as Parsed, { user: body.user.id, channel: "" });
    } catch (error) {
      const words = wordsFor(error, context.log);
      // A confirmation form has no field for an error.
      if (view.blocks.every(({ type }) => type !== "input"))
        return ack({ response_action: "update", view: failureModal("Not done", words) });
      return refuse({ "": words });
    }
    // The form below a question closes with it.
    await ack({ response_action: "clear" });
    await publishHome(client, body.user.id, context);
  });
}
