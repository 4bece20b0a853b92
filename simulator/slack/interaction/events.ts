import { SECOND } from "../../../src/time/time.ts";
import { wireView } from "../views/view.ts";
import { bot } from "../wire.ts";
import type { Acting } from "./acts.ts";
import type { Acknowledgement } from "./delivery.ts";
import { eventPayload } from "./payloads.ts";

const deliver = (
  event: Record<string, unknown>,
  { link }: Acting,
  user?: string,
): Promise<Acknowledgement> => {
  const at = Date.now() / SECOND;
  const id = link.nextEventId();
  const dated = { ...event, event_ts: at.toFixed(6) };
  return link.sendEvent(eventPayload(dated, id, Math.floor(at)), {
    about: String(event.type),
    ...(user && { user }),
  });
};

/** A person opens the app: its Home, or what it has written to them. */
export function openHome(user: string, tab: "home" | "messages", acting: Acting): Promise<Acknowledgement> {
  const { workspace } = acting;
  const view = tab === "home" ? workspace.views.home(user) : undefined;
  const channel = workspace.dm(user).id;
  return deliver(
    { type: "app_home_opened", user, channel, tab, ...(view && { view: wireView(view) }) },
    acting,
    user,
  );
}

/** An admin takes the app out of the workspace: its tokens end, and it is told. */
export async function uninstall(acting: Acting): Promise<void> {
  await deliver({ type: "tokens_revoked", tokens: { oauth: [], bot: [bot.userId] } }, acting);
  await deliver({ type: "app_uninstalled" }, acting);
}
