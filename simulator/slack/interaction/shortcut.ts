import { SECOND } from "../../../src/time/time.ts";
import { type Acting, type Outcome, personIn } from "./acts.ts";
import { shortcutPayload } from "./payloads.ts";
import { whereIn } from "./use-element.ts";

/** A person chooses a shortcut of the app in the menu of a message. */
export async function useShortcut(
  callback: string,
  at: { readonly channel: string; readonly ts: string },
  user: string,
  acting: Acting,
): Promise<Outcome> {
  const { workspace, link } = acting;
  const where = whereIn(at, user, acting);
  if ("view" in where) throw new Error("a view has no menu of shortcuts");
  const { channel, message } = where;
  const source = {
    ts: message.ts,
    isEphemeral: false,
    ...(message.threadTs && { threadTs: message.threadTs }),
  };
  const { path, url } = workspace.responseUrls.mint({ channel: channel.id, user, source });
  const payload = shortcutPayload(personIn(acting, user), where, callback, {
    trigger_id: workspace.triggers.mint({ user }),
    response_url: acting.url() + path,
    action_ts: (Date.now() / SECOND).toFixed(6),
  });
  const answer = await link.deliver(
    { kind: "interactive", payload, takesReply: false },
    { about: callback, user },
  );
  return { responses: url.responses, ...(!answer.acked && { failure: answer.error }) };
}
