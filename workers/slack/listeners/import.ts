import type { BlockButtonAction } from "@slack/bolt";
import { IMPORT_ACTION } from "../../../src/adapters/slack/commands/answer.ts";
import {
  fieldError,
  IMPORT_FIELD,
  IMPORT_VIEW,
  importedModal,
  importModal,
} from "../../../src/adapters/slack/commands/import-modal.ts";
import { carriedIn, type FormValues, openedIn } from "../../../src/adapters/slack/views/form.ts";
import { channelIssuesOf } from "../../../src/commands/channel-issue.ts";
import { authorize } from "../../../src/pipeline/changes/authorize.ts";
import { importForm } from "../../../src/text/answers/backup.ts";
import { imported } from "../commands/backup.ts";
import type { Listen } from "../context.ts";
import { openAndRead } from "../forms.ts";
import { wordsFor } from "../reply.ts";

/** The form for a pasted backup: opened by a button, imported when submitted. */
export const listenToImport: Listen = (app, context) => {
  app.action<BlockButtonAction>({ type: "block_actions", action_id: IMPORT_ACTION }, async (click) => {
    const read = async () => {
      await authorize(click.body.user.id, [], context.bot);
      return importModal(click.body.channel?.id ?? "");
    };
    await openAndRead(click, importForm.title, read, context.log);
  });
  app.view(IMPORT_VIEW, async ({ ack, body, view }) => {
    const json = carriedIn(view.state.values as FormValues, IMPORT_FIELD)?.value ?? "";
    const actor = { user: body.user.id, channel: openedIn(view.private_metadata) ?? "" };
    try {
      const changes = await imported(json, actor, context);
      const [watches, channelIssues] = await Promise.all([
        context.bot.watches.all(),
        channelIssuesOf(changes, context),
      ]);
      await ack({ response_action: "update", view: importedModal(changes, watches, channelIssues) });
    } catch (error) {
      await ack({
        response_action: "errors",
        errors: { [IMPORT_FIELD]: fieldError(wordsFor(error, context.log)) },
      });
    }
  });
};
