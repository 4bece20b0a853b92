import type { BlockButtonAction } from "@slack/bolt";
import {
  fieldError,
  IMPORT_ACTION,
  IMPORT_FIELD,
  IMPORT_VIEW,
  importedModal,
  importModal,
} from "../../../src/adapters/slack/commands/backup.ts";
import { InputError } from "../../../src/errors.ts";
import type { Listen } from "../desk.ts";
import { messageOf } from "../failure.ts";
import { imported } from "../verbs/backup.ts";

/** The form into which a backup is pasted: opened by a button, taken over when it is submitted. */
export const listenToImport: Listen = (app, desk) => {
  app.action<BlockButtonAction>(
    { type: "block_actions", action_id: IMPORT_ACTION },
    async ({ body, client }) => {
      try {
        await client.views.open({ trigger_id: body.trigger_id, view: importModal(body.channel?.id ?? "") });
      } catch (error) {
        desk.log.warn({ error: messageOf(error) }, "console.modal-refused");
      }
    },
  );
  app.view(IMPORT_VIEW, async ({ ack, body, view }) => {
    const json = view.state.values[IMPORT_FIELD]?.[IMPORT_FIELD]?.value ?? "";
    try {
      const changes = await imported(json, { user: body.user.id, channel: view.private_metadata }, desk);
      await ack({ response_action: "update", view: importedModal(changes) });
    } catch (error) {
      if (!(error instanceof InputError)) desk.log.error({ error: messageOf(error) }, "console.failed");
      const why =
        error instanceof InputError ? error.message : "something went wrong; the log of Tidewatch says what";
      await ack({ response_action: "errors", errors: { [IMPORT_FIELD]: fieldError(why) } });
    }
  });
};
