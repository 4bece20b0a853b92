import type { HomeView } from "@slack/types";
import type { WebClient } from "@slack/web-api";
import { homeView } from "../../src/adapters/slack/views/home-view.ts";
import { failureHome } from "../../src/adapters/slack/views/plain-modals.ts";
import type { Log } from "../../src/log.ts";
import { homeOf } from "../../src/pipeline/reports/home.ts";
import type { SlackContext } from "./context.ts";
import { messageOf } from "./failure.ts";
import { inTurn } from "./in-turn.ts";
import { wordsFor } from "./reply.ts";

/** Shows a person's dashboard with the current state, or why it cannot be shown. */
export function publishHome(
  client: WebClient,
  user: string,
  { bot, log }: SlackContext,
  page = 0,
): Promise<void> {
  return inTurn(user, async () => {
    const view = await homeOf(page, bot).then(homeView, (error) => failureHome(wordsFor(error, log)));
    if (await publish(client, user, view, log)) return;
    await publish(client, user, failureHome(UNSHOWN), log);
  });
}

const UNSHOWN =
  "Slack refused the dashboard. See the log of Tidewatch for the reason, and /tidewatch status for the present state.";

async function publish(
  client: WebClient,
  user: string,
  view: HomeView,
  log: Pick<Log, "warn">,
): Promise<boolean> {
  try {
    await client.views.publish({ user_id: user, view });
    return true;
  } catch (error) {
    log.warn({ error: messageOf(error) }, "console.home-unpublished");
    return false;
  }
}

/** The page that a dashboard shows. */
export const pageOf = (view: { readonly private_metadata?: string } | undefined): number =>
  Number(view?.private_metadata) || 0;
