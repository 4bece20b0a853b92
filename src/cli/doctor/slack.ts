import type { WebClient } from "@slack/web-api";
import { lookAtChannel } from "../../adapters/slack/client/channels.ts";
import { slackClient } from "../../adapters/slack/client/client.ts";
import { slackError } from "../../adapters/slack/client/errors.ts";
import type { Config } from "../../config/config.ts";
import { TransientError } from "../../errors.ts";
import { SLACK } from "../../health/checks/slack.ts";
import type { Facts } from "../../health/facts.ts";
import { BY_DEFAULT, type Permissions } from "../../settings/permissions.ts";
import type { Instant } from "../../time/time.ts";
import { type CheckResult, failed, failureFrom, note, passed, resultsOf, unknown } from "./result.ts";
import { abilitiesFor, type ScopeUses } from "./scopes.ts";

/** Whether the token is valid, has its scopes, and reaches the channels of the watches and the ops channel. */
export async function checkSlack(
  { slack, ops, console }: Pick<Config, "slack" | "ops" | "console">,
  channels: Facts["channels"],
  now: Instant,
  permissions: Permissions = BY_DEFAULT,
): Promise<CheckResult[]> {
  const client = slackClient(slack);
  try {
    const { user, team, response_metadata: metadata } = await client.auth.test();
    const results = [
      passed(`the token is that of ${user ?? "a bot"} in ${team ?? "a workspace"}`),
      ...scopeResults(metadata?.scopes, { isListening: console !== undefined, permissions }),
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

function scopeResults(scopes: readonly string[] | undefined, uses: ScopeUses): CheckResult[] {
  if (!scopes) return [note("Slack does not report the scopes of the token")];
  const has = (scope: string) => scopes.includes(scope);
  return abilitiesFor(uses).map(({ needs, any, can, cannot, advice, isRequired }) => {
    if (any ? needs.some(has) : needs.every(has)) return passed(can);
    return isRequired ? failed(cannot, advice) : note(cannot, advice);
  });
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
