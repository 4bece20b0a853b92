import type { WebClient } from "@slack/web-api";

const known = new WeakMap<WebClient, string>();

/** The id of Tidewatch's own Slack user; Slack is asked once. */
export async function selfOf(client: WebClient): Promise<string> {
  const self = known.get(client) ?? (await client.auth.test()).user_id;
  if (!self) throw new Error("Slack did not name the user of the bot token");
  known.set(client, self);
  return self;
}
