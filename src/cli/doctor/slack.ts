import type { WebClient } from "@slack/web-api";
import { lookAtChannel } from "../../adapters/slack/client/channels.ts";
import { slackClient } from "../../adapters/slack/client/client.ts";
import { slackError } from "../../adapters/slack/client/errors.ts";
import type { Config } from "../../config/config.ts";
import { failureFinding } from "./failure.ts";
import { type Finding, note, right, unseen, wrong } from "./finding.ts";

/** Whether the token is valid, has its scopes, and reaches the channels of the watches and the ops channel. */
export async function checkSlack(
  { slack, ops }: Pick<Config, "slack" | "ops">,
  alertChannels: readonly string[],
): Promise<Finding[]> {
  const client = slackClient(slack);
  try {
    const { user, team, response_metadata: metadata } = await client.auth.test();
    const findings = [
      right(`the token is that of ${user ?? "a bot"} in ${team ?? "a workspace"}`),
      ...scopeFindings(metadata?.scopes),
    ];
    const channels = new Set(ops?.channel ? [...alertChannels, ops.channel] : alertChannels);
    for (const channel of channels) findings.push(await channelFinding(client, channel));
    if (alertChannels.length === 0)
      findings.push(note("there is no alert channel yet because there are no watches"));
    if (!ops?.channel)
      findings.push(
        note(
          "health issues are posted in no channel",
          "Set SLACK_OPS_CHANNEL to the id of the ops channel. Until then they are only logged.",
        ),
      );
    return findings;
  } catch (error) {
    return [failureFinding(slackError(error, { method: "auth.test", channel: "the token", readOnly: true }))];
  }
}

const HISTORY = ["channels:history", "groups:history"];

function scopeFindings(scopes: readonly string[] | undefined): Finding[] {
  if (!scopes) return [note("Slack does not report the scopes of the token")];
  const canWrite = scopes.includes("chat:write");
  const knowsPeople = scopes.includes("users:read");
  const canShow = ["files:write", "files:read"].every((scope) => scopes.includes(scope));
  const canLook = HISTORY.some((scope) => scopes.includes(scope));
  return [
    canWrite
      ? right("it may write (chat:write)")
      : wrong(
          "it may not write: the scope chat:write is missing",
          "Add chat:write to the Slack app and install it into the workspace again.",
        ),
    canLook
      ? right("it may check whether a message arrived, so that nothing is posted twice")
      : note(
          "it may not look whether a message arrived (channels:history, groups:history)",
          "Add these scopes, or choose with SLACK_WHEN_UNSURE what happens when nobody knows.",
        ),
    canShow
      ? right("it may upload the pictures of alerts (files:write, files:read)")
      : note(
          "it may not upload the pictures of alerts (files:write, files:read): charts of Slack or text take their place",
          "Add these scopes to the Slack app and install it again.",
        ),
    knowsPeople
      ? right("it may see who is a guest, so that no guest changes what is watched")
      : note(
          "it may not see who people are (users:read), so nobody can change what is watched from Slack",
          "Add users:read to the Slack app and install it again; docs/slack-setup.md lists every scope.",
        ),
  ];
}

async function channelFinding(client: WebClient, channel: string): Promise<Finding> {
  const sight = await lookAtChannel(client, channel);
  switch (sight.kind) {
    case "writable":
      return right(`${channel} can be written to`);
    case "readable":
      return right(`${channel} can be reached`);
    case "archived":
      return wrong(`${channel} is archived`, "Unarchive it, or give its watches another channel.");
    case "without-bot":
      return wrong(`the bot is not in ${channel}`, "Invite it there: /invite @Tidewatch.");
    case "unseen":
      return unseen(
        `it could not be seen whether ${channel} can be written to`,
        "Add the scope channels:read (groups:read for private channels), or see that a message arrives there.",
      );
    case "refused":
      return failureFinding(sight.error);
  }
}
