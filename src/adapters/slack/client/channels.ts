import type { WebClient } from "@slack/web-api";
import type { PermanentError, TransientError } from "../../../errors.ts";
import type { ChannelIssue } from "../../../pipeline/ports/console.ts";
import { type ClientOptions, slackClient } from "./client.ts";
import { codeOf, slackError } from "./errors.ts";

/** What Tidewatch can find out about a channel without a post. */
export type ChannelSight =
  | { readonly kind: "writable" | "readable" | "archived" | "without-bot" }
  /** The scopes for this check are missing. */
  | { readonly kind: "unseen" }
  | { readonly kind: "refused"; readonly error: PermanentError | TransientError };

/** Checks whether the bot can post in a channel. */
export async function lookAtChannel(client: WebClient, channel: string): Promise<ChannelSight> {
  try {
    const { channel: about } = await client.conversations.info({ channel });
    if (about?.is_archived) return { kind: "archived" };
    return { kind: about?.is_member === false ? "without-bot" : "writable" };
  } catch (error) {
    if (codeOf(error) === "missing_scope") return lookInside(client, channel);
    return refused(error, "conversations.info", channel);
  }
}

/** Without the scope for channel information, permission to read the channel proves that the bot is a member. */
async function lookInside(client: WebClient, channel: string): Promise<ChannelSight> {
  try {
    await client.conversations.history({ channel, limit: 1 });
    return { kind: "readable" };
  } catch (error) {
    if (codeOf(error) === "not_in_channel") return { kind: "without-bot" };
    if (codeOf(error) === "missing_scope") return { kind: "unseen" };
    return refused(error, "conversations.history", channel);
  }
}

const refused = (error: unknown, method: string, channel: string): ChannelSight => ({
  kind: "refused",
  error: slackError(error, { method, channel, readOnly: true }),
});

/** Checks a channel that a person names. It reports nothing where Slack hides the channel or does not answer. */
export function slackChannelIssue(options: ClientOptions): ChannelIssue {
  const client = slackClient(options);
  return async (channel) => {
    const sight = await lookAtChannel(client, channel);
    if (sight.kind === "without-bot")
      return `Tidewatch cannot post in <#${channel}> yet because it is not a member. Invite it there with \`/invite @Tidewatch\`.`;
    if (sight.kind === "archived")
      return `Tidewatch cannot post in <#${channel}> because the channel is archived. Unarchive it, or give the watch another channel.`;
    if (sight.kind === "refused" && sight.error.failure === "slack-destination")
      return `Tidewatch cannot post in <#${channel}> because it cannot see the channel. ${sight.error.advice}`;
    return undefined;
  };
}
