import type { BlockButtonAction, BlockOverflowAction } from "@slack/bolt";
import { HOME, readWatchChoice } from "../../../src/adapters/slack/views/home-ids.ts";
import { removeModal } from "../../../src/adapters/slack/views/remove-modal.ts";
import { watchNamed } from "../../../src/commands/named.ts";
import { perform } from "../../../src/commands/perform.ts";
import { InputError } from "../../../src/errors.ts";
import type { MuteScope } from "../../../src/notifications/mute.ts";
import { authorize } from "../../../src/pipeline/changes/authorize.ts";
import { act, type Click } from "../clicks.ts";
import type { Listen, SlackContext } from "../context.ts";
import { openAndRead } from "../forms.ts";
import { pageOf, publishHome } from "../homes.ts";
import { eventForm, muteForm } from "../small-forms.ts";
import { whyOf } from "./alerts.ts";
import { openSuggestForm } from "./suggest.ts";
import { openWatchForm } from "./watch-form.ts";

/** The dashboard: shown when its owner opens it, and refreshed after the owner's own actions. */
export const listenToHome: Listen = (app, context) => {
  app.event("app_home_opened", async ({ event, client }) => {
    if (event.tab === "home") await publishHome(client, event.user, context, pageOf(event.view));
  });
  const onButton = (action: string, pressed: (click: Click, value: string) => Promise<unknown>) =>
    app.action<BlockButtonAction>({ type: "block_actions", action_id: action }, async (click) => {
      await pressed(click, click.action.value ?? "");
    });
  onButton(HOME.refresh, ({ client, body }) => publishHome(client, body.user.id, context, pageOf(body.view)));
  for (const action of [HOME.page, HOME.otherPage])
    onButton(action, ({ client, body }, page) =>
      publishHome(client, body.user.id, context, Number(page) || 0),
    );
  onButton(HOME.add, (click) => openWatchForm(click, {}, context));
  onButton(HOME.suggest, (click) => openSuggestForm(click, {}, context));
  onButton(HOME.event, (click) =>
    openAndRead(click, "Plan an event", () => eventForm(click.body.user.id, context), context.log),
  );
  onButton(HOME.unmute, (click, value) =>
    act(click, (actor) => perform({ commandName: "unmute", scope: scopeIn(value) }, actor, context), context),
  );
  onButton(HOME.cancel, (click, id) =>
    act(
      click,
      (actor) => perform({ commandName: "event", act: "remove", event: id }, actor, context),
      context,
    ),
  );
  app.action<BlockOverflowAction>({ type: "block_actions", action_id: HOME.watch }, async (click) => {
    const chosen = readWatchChoice(click.action.selected_option.value ?? "");
    if (chosen) await choose(click, chosen.choice, chosen.watchId, context);
  });
};

async function choose(click: Click, choice: string, watchId: string, context: SlackContext): Promise<void> {
  const show = (title: string, read: Parameters<typeof openAndRead>[2]) =>
    openAndRead(click, title, read, context.log);
  const watch = () => watchNamed(watchId, context.bot);
  const user = click.body.user.id;
  switch (choice) {
    case "edit":
    case "preview":
      return openWatchForm(click, { watchId }, context);
    case "mute":
      return show("Mute", async () =>
        muteForm(await watch(), { scope: { kind: "watch", watch: watchId }, until: "1h" }, user, context),
      );
    case "why":
      return show("Why?", async () => whyOf(await watch(), undefined, context));
    case "remove":
      return show("Remove", async () => {
        const removed = await watch();
        await authorize(user, [removed.channel], context.bot);
        return removeModal(removed);
      });
  }
}

function scopeIn(value: string): MuteScope {
  try {
    return JSON.parse(value) as MuteScope;
  } catch (cause) {
    throw new InputError("this button belongs to an older dashboard. Open the dashboard again", { cause });
  }
}
