import type { App, MessageShortcut } from "@slack/bolt";
import { InputError } from "../../../src/errors.ts";
import { incidentAt } from "../../../src/pipeline/reports/alert-at.ts";
import { labelOffer } from "../../../src/text/answers/thread.ts";
import { shortcutTitles } from "../../../src/text/shortcuts.ts";
import type { Listen, SlackContext } from "../context.ts";
import { openAndRead } from "../forms.ts";
import { answerOr, reply } from "../reply.ts";
import { muteFormOf, whyFormOf } from "./alerts.ts";

/** The shortcuts of a message, as slack-manifest.json lists them. */
export const SHORTCUT = { why: "alert.why", mute: "alert.mute", label: "alert.label" } as const;

/** The shortcuts in the menu of an alert, and of each reply in its thread. */
export const listenToShortcuts: Listen = (app, context) => {
  onShortcut(app, SHORTCUT.why, (shortcut, client) =>
    openAndRead(
      { client, body: shortcut },
      shortcutTitles.why,
      async () => whyFormOf(await incidentOf(shortcut, context), context),
      context.log,
    ),
  );
  onShortcut(app, SHORTCUT.mute, (shortcut, client) =>
    openAndRead(
      { client, body: shortcut },
      shortcutTitles.mute,
      async () => muteFormOf(await incidentOf(shortcut, context), shortcut, context),
      context.log,
    ),
  );
  onShortcut(app, SHORTCUT.label, async (shortcut) => {
    const answer = await answerOr(async () => labelOffer(await incidentOf(shortcut, context)), context.log);
    await reply(shortcut.response_url, answer, context);
  });
};

const onShortcut = (
  app: App,
  callback: string,
  used: (shortcut: MessageShortcut, client: Parameters<typeof openAndRead>[0]["client"]) => Promise<unknown>,
): void => {
  app.shortcut<MessageShortcut>({ type: "message_action", callback_id: callback }, async (given) => {
    await used(given.shortcut, given.client);
  });
};

/** The incident of the alert in whose menu, or in the menu of whose reply, somebody chose the shortcut. */
async function incidentOf({ channel, message }: MessageShortcut, { bot }: SlackContext): Promise<string> {
  const thread: unknown = message.thread_ts;
  const ts = typeof thread === "string" ? thread : message.ts;
  const incident = await incidentAt({ channel: channel.id, ts }, bot);
  if (!incident)
    throw new InputError(
      "this message is no alert of Tidewatch. Use the shortcut on an alert, or in its thread",
    );
  return incident.id;
}
