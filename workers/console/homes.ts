import type { WebClient } from "@slack/web-api";
import { homeView } from "../../src/adapters/slack/views/home-view.ts";
import { homeOf } from "../../src/pipeline/home.ts";
import type { Desk } from "./desk.ts";
import { messageOf } from "./failure.ts";

/** Shows somebody their dashboard as it stands; a failure is logged, since the next look shows it anyway. */
export async function publishHome(
  client: WebClient,
  user: string,
  { bot, log }: Desk,
  page = 0,
): Promise<void> {
  try {
    await client.views.publish({ user_id: user, view: homeView(await homeOf(page, bot)) });
  } catch (error) {
    log.warn({ error: messageOf(error) }, "console.home-unpublished");
  }
}

/** The page that a dashboard shows. */
export const pageOf = (view: { readonly private_metadata?: string } | undefined): number =>
  Number(view?.private_metadata) || 0;
