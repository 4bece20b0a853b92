import { text } from "../../text/text.ts";
import { HOUR, type Instant, MINUTE } from "../../time/time.ts";
import { CLEAR, type Failing, type HealthCheck, nameOr, recorded } from "../check.ts";
import type { Facts, KnownFailure } from "../facts.ts";

/** The names of failures that belong to no workspace, series or channel; none of these can have such a name. */
export const SLACK = "SLACK";
export const CONSOLE = "CONSOLE";
export const SHARED_APP = "SHARED_APP";

/** The place of replies shown to one person only, where no channel is affected. */
export const FORMS = "FORMS";

/**
 * The name of the failure that Slack refused a message.
 * @example refusedName("ios.drop@2026-06-16T12"); // => "refused/ios.drop@2026-06-16T12"
 */
export const refusedName = (messageId: string): string => `refused/${messageId}`;

/** Whether Slack takes what Tidewatch posts, and passes on what people ask. */
export const slackChecks = {
  channel: {
    failing: ({ channels, failures }: Pick<Facts, "channels" | "failures">) =>
      [...channels].flatMap(([channel, watches]) => {
        const known = failures.get(channel);
        return known ? [recorded(known, watches, channel)] : [];
      }),
    title: (first, howMany) =>
      text`Tidewatch cannot post in a Slack channel: ${nameOr(first, howMany, "watches")}`,
    consequence: "Incidents are stored, and posted as soon as the channel accepts messages",
    passing: "Tidewatch can post in the Slack channels",
    grace: CLEAR,
    isGrouped: true,
  },
  message: {
    failing: (facts: Pick<Facts, "channels" | "failures" | "now">) => refusedMessages(facts),
    title: (first, howMany) => text`Slack refuses messages: ${nameOr(first, howMany, "watches")}`,
    consequence:
      "Tidewatch posts a refused message in a simpler form, at last as text; all other messages are posted as usual",
    passing: "Slack refuses no message",
    grace: 0,
    isGrouped: true,
    mayPass: true,
  },
  slack: {
    failing: (facts: Pick<Facts, "failures">) => named(SLACK, "Slack", facts),
    title: () => text`Tidewatch cannot post in Slack`,
    consequence: "Incidents are stored, and posted as soon as Slack accepts messages",
    passing: "Tidewatch can post in Slack",
    grace: CLEAR,
    isVital: true,
  },
  "slack-down": {
    failing: ({ slackDown }: Pick<Facts, "slackDown">) =>
      slackDown
        ? [
            {
              what: ["Slack"],
              detail: "everything that Tidewatch posts fails",
              advice: "See https://status.slack.com, and check the network between here and Slack.",
              since: slackDown.since,
            },
          ]
        : [],
    title: () => text`Slack takes no messages`,
    consequence: "Critical incidents go to other destinations; the rest is posted as soon as Slack is back",
    passing: "Slack takes messages",
    // It is known only after a while.
    grace: 0,
    isVital: true,
  },
  console: {
    failing: ({ failures }: Pick<Facts, "failures">) =>
      // A connection usually comes back within minutes.
      named(CONSOLE, "commands", { failures }).map((found) => ({
        ...found,
        ...(failures.get(CONSOLE)?.failure === "slack-workspace" && { grace: CLEAR }),
      })),
    title: () => text`Slack commands and buttons do not work`,
    consequence: "Alerts are posted as usual; only /tidewatch and the buttons do not work",
    passing: "Slack commands and buttons work",
    grace: 10 * MINUTE,
  },
  "shared-app": {
    failing: (facts: Pick<Facts, "failures">) => named(SHARED_APP, "this Slack app", facts),
    title: () => text`Another bot uses this Slack app`,
    consequence:
      "Slack sends each command and click to only one of the two bots, and they have different watches and incidents; alerts may be posted twice",
    passing: "no other bot uses this Slack app",
    // It is confirmed before it is recorded.
    grace: 0,
    mayPass: true,
  },
} as const satisfies Record<string, HealthCheck>;

function named(name: string, what: string, { failures }: Pick<Facts, "failures">): Failing[] {
  const known = failures.get(name);
  return known ? [recorded(known, [what])] : [];
}

/** How long a refusal is reported: a message that is never sent again never recovers. */
const REPORTED_FOR = 3 * HOUR;

/** Places in which Slack refused a message as it was, or every form of it. */
function refusedMessages({
  channels,
  failures,
  now,
}: Pick<Facts, "channels" | "failures" | "now">): Failing[] {
  const recent = [...failures.values()]
    .filter(isRefusal)
    .filter(({ refused: { at } }) => now - at < REPORTED_FOR);
  return [...Map.groupBy(recent, ({ refused: { place } }) => place)].map(([place, refusals]) => {
    const newest = refusals.toSorted((a, b) => b.refused.at - a.refused.at)[0]!;
    const what = channels.get(place) ?? [place === FORMS ? "answers to people" : place];
    const since = Math.min(...refusals.map((refusal) => refusal.since));
    return recorded({ ...newest, since }, what, place);
  });
}

/** The names of the refusals that are no longer reported. */
export const pastRefusals = (failures: ReadonlyMap<string, KnownFailure>, now: Instant): string[] =>
  [...failures].flatMap(([name, known]) =>
    isRefusal(known) && now - known.refused.at >= REPORTED_FOR ? [name] : [],
  );

const isRefusal = (
  known: KnownFailure,
): known is KnownFailure & { readonly refused: NonNullable<KnownFailure["refused"]> } =>
  known.refused !== undefined;
