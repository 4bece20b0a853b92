import type { WebClient } from "@slack/web-api";
import { PermanentError, type TransientError } from "../../../errors.ts";
import type { ChannelIssue } from "../../../pipeline/ports/slack.ts";
import { channelIssueText } from "../../../text/channel-issue.ts";
import { destinationAdvice } from "./advice.ts";
import { type ClientOptions, slackClient } from "./client.ts";
import { codeOf, slackError } from "./errors.ts";

/** What Tidewatch can find out about a channel without a post. */
export type ChannelSight =
  | { readonly kind: "writable" | "readable" }
  /** The scopes for this check are missing. */
  | { readonly kind: "unseen" }
  | { readonly kind: "refused"; readonly error: PermanentError | TransientError };

/** Checks whether the bot can post in a channel. */
export async function lookAtChannel(client: WebClient, channel: string): Promise<ChannelSight> {
  try {
    const { channel: about } = await client.conversations.info({ channel });
    if (about?.is_archived) return closed(`${channel} is archived`, "is_archived");
    return about?.is_member === false ? withoutBot(channel) : { kind: "writable" };
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
    if (codeOf(error) === "not_in_channel") return withoutBot(channel);
    if (codeOf(error) === "missing_scope") return { kind: "unseen" };
    return refused(error, "conversations.history", channel);
  }
}

/** As if a post had been refused there: the advice is the same. */
const closed = (what: string, code: string): ChannelSight => ({
  kind: "refused",
  error: new PermanentError(what, { failure: "slack-destination", advice: destinationAdvice(code) }),
});

const withoutBot = (channel: string) => closed(`the bot is not in ${channel}`, "not_in_channel");

const refused = (error: unknown, method: string, channel: string): ChannelSight => ({
  kind: "refused",
  error: slackError(error, { method, channel, readOnly: true }),
});

/** Checks a channel that a person names. It reports nothing where Slack hides the channel or does not answer. */
export function slackChannelIssue(options: ClientOptions): ChannelIssue {
  const client = slackClient(options);
  return async (channel) => {
    const sight = await lookAtChannel(client, channel);
    if (sight.kind !== "refused" || sight.error.failure !== "slack-destination") return undefined;
    return channelIssueText(channel, sight.error.advice);
  };
}
