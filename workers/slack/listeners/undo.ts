import type { BlockButtonAction } from "@slack/bolt";
import { UNDO_ACTION } from "../../../src/adapters/slack/commands/answer.ts";
import { perform } from "../../../src/commands/perform.ts";
import type { Listen } from "../context.ts";
import { answerOr, reply } from "../reply.ts";

/** The Undo button below an announced change. */
export const listenToUndo: Listen = (app, context) => {
  app.action<BlockButtonAction>(
    { type: "block_actions", action_id: UNDO_ACTION },
    async ({ action, body }) => {
      const actor = { user: body.user.id, channel: body.channel?.id ?? "" };
      const change = action.value ?? "";
      const undo = () => perform({ commandName: "undo", change }, actor, context);
      const answer = await answerOr(undo, context.log);
      await reply(body.response_url, answer, context);
    },
  );
};
