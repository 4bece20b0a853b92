import type { WebClient } from "@slack/web-api";
import { workspaceAdvice } from "../../adapters/slack/client/advice.ts";
import { lookAtChannel } from "../../adapters/slack/client/channels.ts";
import { slackClient } from "../../adapters/slack/client/client.ts";
import { slackError } from "../../adapters/slack/client/errors.ts";
import type { Config } from "../../config/config.ts";
import { TransientError } from "../../errors.ts";
import { SLACK } from "../../health/checks/slack.ts";
import type { Facts } from "../../health/facts.ts";
import type { Instant } from "../../time/time.ts";
import { type CheckResult, failed, failureFrom, note, passed, resultsOf, unknown } from "./result.ts";

/** Whether the token is valid, has its scopes, and reaches the channels of the watches and the ops channel. */
export async function checkSlack(
  { slack, ops }: Pick<Config, "slack" | "ops">,
  channels: Facts["channels"],
  now: Instant,
): Promise<CheckResult[]> {
  const client = slackClient(slack);
  try {
    const { user, team, response_metadata: metadata } = await client.auth.test();
    const results = [
      passed(`the token is that of ${user ?? "a bot"} in ${team ?? "a workspace"}`),
      ...scopeResults(metadata?.scopes),
    ];
    for (const [channel, watches] of channels)
      results.push(...(await channelResults(client, channel, watches, now)));
    if (channels.size === 0) results.push(note("there is no alert channel yet because there are no watches"));
    if (!ops?.channel)
      results.push(
        note(
          "health issues are posted in no channel",
          "Set SLACK_OPS_CHANNEL to the id of the ops channel. Until then they are only logged.",
        ),
      );
    return results;
  } catch (error) {
    const refusal = slackError(error, { method: "auth.test", channel: "the token", readOnly: true });
    const failures = new Map([[SLACK, failureFrom(refusal, now)]]);
    return resultsOf("slack", { failures }, refusal instanceof TransientError);
  }
}

const HISTORY = ["channels:history", "groups:history"];

function scopeResults(scopes: readonly string[] | undefined): CheckResult[] {
  if (!scopes) return [note("Slack does not report the scopes of the token")];
  const canWrite = scopes.includes("chat:write");
  const knowsPeople = scopes.includes("users:read");
  const canShow = ["files:write", "files:read"].every((scope) => scopes.includes(scope));
  const canLook = HISTORY.some((scope) => scopes.includes(scope));
  return [
    canWrite
      ? passed("it may write (chat:write)")
      : failed("it may not write: the scope chat:write is missing", workspaceAdvice("missing_scope")),
    canLook
      ? passed("it may check whether a message arrived, so that nothing is posted twice")
      : note(
          "it may not look whether a message arrived (channels:history, groups:history)",
          "Add these scopes, or choose with SLACK_WHEN_UNSURE what happens when nobody knows.",
        ),
    canShow
      ? passed("it may upload the pictures of alerts (files:write, files:read)")
      : note(
          "it may not upload the pictures of alerts (files:write, files:read): charts of Slack or text take their place",
          "Add these scopes to the Slack app and install it again.",
        ),
    knowsPeople
      ? passed("it may see who is a guest, so that no guest changes what is watched")
      : note(
          "it may not see who people are (users:read), so that nobody can change from Slack what is watched",
          "Add users:read to the Slack app and install it again; docs/slack-setup.md lists every scope.",
        ),
  ];
}

async function channelResults(
  client: WebClient,
  channel: string,
  watches: readonly string[],
  now: Instant,
): Promise<CheckResult[]> {
  const sight = await lookAtChannel(client, channel);
  switch (sight.kind) {
    case "writable":
      return [passed(`${channel} can be written to`)];
    case "readable":
      return [passed(`${channel} can be reached`)];
    case "unseen":
      return [
        unknown(
          `it could not be seen whether ${channel} can be written to`,
          "Add the scope channels:read (groups:read for private channels), or check that a message arrives there.",
        ),
      ];
    case "refused": {
      const failures = new Map([[channel, failureFrom(sight.error, now)]]);
      const isUnsure = sight.error instanceof TransientError;
      return resultsOf("channel", { channels: new Map([[channel, watches]]), failures }, isUnsure);
    }
  }
}
