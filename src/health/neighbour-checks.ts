import { quotaOfWorkspace } from "../series/api-quota.ts";
import { HOUR, MINUTE } from "../time/time.ts";
import type { Facts } from "./facts.ts";
import type { CheckFailure } from "./health-issue.ts";

/** The name of the failure that Slack accepts no messages; no workspace can have it. */
export const SLACK = "SLACK";

/** A clear refusal needs at most a second look. */
export const CLEAR = 2 * MINUTE;

const graces: Readonly<Record<string, number>> = {
  "braze-wrong-key": CLEAR,
  "braze-no-permission": CLEAR,
  "braze-wrong-url": CLEAR,
  "braze-unknown-workspace": CLEAR,
  // Both end at the next full hour, when the quota is reset.
  "braze-rate-limit": HOUR,
  "braze-quota-reserve": HOUR,
};

/** Workspaces that cannot be read at all. */
export const readingCheckFailures = ({ series, failures }: Facts): CheckFailure[] =>
  [...new Set(series.map(({ workspace }) => workspace))].flatMap((workspace) => {
    const known = failures.get(workspace);
    if (!known) return [];
    const { failure, message, advice, since } = known;
    const grace = graces[failure] ?? 10 * MINUTE;
    const what = [`workspace ${workspace}`];
    return [
      { id: `braze.${workspace}`, kind: "braze", what, detail: message, advice, since, grace } as const,
    ];
  });

/** Workspaces with little API quota left, so that some series are read later. */
export const quotaCheckFailures = ({ series, failures }: Facts): CheckFailure[] =>
  [...new Set(series.map(({ workspace }) => workspace))].flatMap((workspace) => {
    const known = failures.get(quotaOfWorkspace(workspace));
    if (!known) return [];
    const { message, advice, since } = known;
    const what = [`workspace ${workspace}`];
    const grace = 10 * MINUTE;
    return [
      {
        id: quotaOfWorkspace(workspace),
        kind: "quota",
        what,
        detail: message,
        advice,
        since,
        grace,
      } as const,
    ];
  });

/** Channels in which watches, or the ops channel's messages, cannot be posted. */
export const channelCheckFailures = ({ channels, failures }: Facts): CheckFailure[] =>
  [...channels].flatMap(([channel, watches]) => {
    const known = failures.get(channel);
    if (!known) return [];
    const { message, advice, since } = known;
    const id = `channel.${channel}`;
    return [{ id, kind: "channel", what: watches, detail: message, advice, since, grace: CLEAR } as const];
  });

/** Whether nothing can be posted in Slack: a revoked token, a missing scope. */
export function slackCheckFailure({ failures }: Facts): CheckFailure | undefined {
  const known = failures.get(SLACK);
  if (!known) return undefined;
  const { message, advice, since } = known;
  return { id: "slack", kind: "slack", what: ["Slack"], detail: message, advice, since, grace: CLEAR };
}

/** The name of the failure that commands from Slack do not arrive. */
export const CONSOLE = "CONSOLE";

/** A connection usually recovers within minutes; only a longer failure is reported. */
const CONSOLE_GRACE = 10 * MINUTE;

/** Whether nobody can command Tidewatch from Slack, though that is set up. */
export function consoleCheckFailure({ failures }: Facts): CheckFailure | undefined {
  const known = failures.get(CONSOLE);
  if (!known) return undefined;
  const { failure, message, advice, since } = known;
  const grace = failure === "slack-workspace" ? CLEAR : CONSOLE_GRACE;
  return { id: "console", kind: "console", what: ["commands"], detail: message, advice, since, grace };
}

/** The trouble under which it is noted that another bot uses the same Slack app with another Redis. */
export const SHARED_APP = "SHARED_APP";

/** Whether another bot, with a history of its own, answers part of what people do in Slack. */
export function sharedAppCheckFailure({ failures }: Facts): CheckFailure | undefined {
  const known = failures.get(SHARED_APP);
  if (!known) return undefined;
  const { message, advice, since } = known;
  // It was confirmed before it was noted.
  return {
    id: "shared-app",
    kind: "shared-app",
    what: ["this Slack app"],
    detail: message,
    advice,
    since,
    grace: 0,
  };
}

/** From which share of Redis' memory limit an issue opens, and below which it resolves. */
const FULL = 0.8;
const ROOMY = 0.75;

/** Whether Redis nears the limit at which it refuses to write. */
export function memoryCheckFailure({
  memory: { used, limit },
  standing,
  now,
}: Facts): CheckFailure | undefined {
  const share = limit > 0 ? used / limit : 0;
  if (share < (standing.has("redis") ? ROOMY : FULL)) return undefined;
  return {
    id: "redis",
    kind: "redis",
    what: ["Redis"],
    // In steps, so that the message is not edited every minute.
    detail: `it uses ${share >= 0.95 ? "more than 95" : share >= 0.9 ? "more than 90" : "about 80"} % of the memory it may use`,
    advice: "Raise maxmemory: at its limit Redis refuses writes, and no hour is evaluated.",
    since: now,
    grace: CLEAR,
  };
}
