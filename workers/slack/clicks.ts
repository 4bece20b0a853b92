import type { WebClient } from "@slack/web-api";
import type { Answer } from "../../src/adapters/slack/commands/answer.ts";
import { troubleModal } from "../../src/adapters/slack/views/plain-modals.ts";
import type { Asker, Desk } from "./desk.ts";
import { open } from "./forms.ts";
import { pageOf, publishHome } from "./homes.ts";
import { answerOr, reply, wordsFor } from "./reply.ts";

/** A click, as far as one answers it. */
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

const askerOf = ({ body }: Pick<Click, "body">): Asker => ({
  user: body.user.id,
  channel: body.channel?.id ?? "",
});

/** Does what a click asks for, and answers where it was made: below a message in words, on the dashboard by redrawing it. */
export async function act(click: Click, work: (asker: Asker) => Promise<Answer>, desk: Desk): Promise<void> {
  const { body, client } = click;
  const asker = askerOf(click);
  if (!body.view) return reply(body.response_url, await answerOr(() => work(asker), desk.log), desk);
  try {
    await work(asker);
  } catch (error) {
    await open(click, troubleModal("Not done", wordsFor(error, desk.log)), desk.log);
    return;
  }
  await publishHome(client, asker.user, desk, pageOf(body.view));
}
