import type { WebClient } from "@slack/web-api";
import { failureModal } from "../../src/adapters/slack/views/plain-modals.ts";
import type { Actor } from "../../src/commands/command.ts";
import type { Answer } from "../../src/text/answers/answer.ts";
import type { SlackContext } from "./context.ts";
import { open } from "./forms.ts";
import { pageOf, publishHome } from "./homes.ts";
import { answerOr, reply, wordsFor } from "./reply.ts";

/** The parts of a click that an answer needs. */
export interface Click {
  readonly body: {
    readonly trigger_id: string;
    readonly user: { readonly id: string };
    readonly channel?: { readonly id: string };
    readonly response_url?: string;
    readonly view?: { readonly id: string; readonly hash: string; readonly private_metadata: string };
  };
  readonly client: WebClient;
}

const actorOf = ({ body }: Pick<Click, "body">): Actor => ({
  user: body.user.id,
  channel: body.channel?.id ?? "",
});

/** Does what a click requests, and answers there: below a message as text, on the dashboard by a refresh. */
export async function act(
  click: Click,
  work: (actor: Actor) => Promise<Answer>,
  context: SlackContext,
): Promise<void> {
  const { body, client } = click;
  const actor = actorOf(click);
  if (!body.view) return reply(body.response_url, await answerOr(() => work(actor), context.log), context);
  try {
    await work(actor);
  } catch (error) {
    await open(click, failureModal("Not done", wordsFor(error, context.log)), context.log);
    return;
  }
  await publishHome(client, actor.user, context, pageOf(body.view));
}
