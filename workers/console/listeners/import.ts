import type { BlockButtonAction } from "@slack/bolt";
import {
  fieldError,
  IMPORT_ACTION,
  IMPORT_FIELD,
  IMPORT_VIEW,
  importedModal,
  importModal,
} from "../../../src/adapters/slack/commands/backup.ts";
import type { Listen } from "../desk.ts";
import { open, redraw } from "../forms.ts";
import { wordsFor } from "../reply.ts";
import { imported } from "../verbs/backup.ts";
import { obstaclesOf } from "../verbs/obstacles.ts";

/** The form into which a backup is pasted: opened by a button, taken over when it is submitted. */
export const listenToImport: Listen = (app, desk) => {
  app.action<BlockButtonAction>(
    { type: "block_actions", action_id: IMPORT_ACTION },
    async ({ body, client }) => {
      await open(client, body.trigger_id, importModal(body.channel?.id ?? ""), desk.log);
    },
  );
  app.view(IMPORT_VIEW, async ({ ack, body, view, client }) => {
    const json = view.state.values[IMPORT_FIELD]?.[IMPORT_FIELD]?.value ?? "";
    try {
      const changes = await imported(json, { user: body.user.id, channel: view.private_metadata }, desk);
      const watches = await desk.bot.watches.all();
      await ack({ response_action: "update", view: importedModal(changes, watches) });
      const obstacles = await obstaclesOf(changes, desk);
      if (obstacles.length > 0)
        await redraw(client, { id: view.id }, importedModal(changes, watches, obstacles), desk.log);
    } catch (error) {
      await ack({
        response_action: "errors",
        errors: { [IMPORT_FIELD]: fieldError(wordsFor(error, desk.log)) },
      });
    }
  });
};
