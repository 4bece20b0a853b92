import type { Refusal } from "../../src/adapters/redis/connection/refusal.ts";
import { HOUR, type Instant, MINUTE } from "../../src/time/time.ts";
import type { SlackSight } from "./metered.ts";
import type { NoVitals, Vitals } from "./vitals.ts";

/** One thing that the bot needs, and whether it has it. */
export interface ReadyCheck {
  readonly name: "redis" | "tick" | "round" | "braze" | "slack";
  readonly ok: boolean;
  readonly what: string;
}

/** The data that readiness depends on. */
export interface Outlook {
  readonly vitals: Vitals | NoVitals;
  /** Why Redis accepts no writes, if it is known to refuse them. */
  readonly refusal?: Refusal | undefined;
  readonly slack: SlackSight;
  readonly wallClock: Instant;
  /** How long Braze may be late before an hour counts as missing. */
  readonly missingDataTimeout: number;
}

/** Ticks come every minute. */
const TICK_WITHIN = 3 * MINUTE;

/** Whether the bot is ready, check by check. */
export function readyChecks({
  vitals,
  refusal,
  slack,
  wallClock,
  missingDataTimeout,
}: Outlook): ReadyCheck[] {
  const ofSlack = slackCheck(slack);
  const refused = refusal && worded(refusal);
  if ("whyUnknown" in vitals)
    return [{ name: "redis", ok: false, what: refused ?? vitals.whyUnknown }, ofSlack];
  const redis: ReadyCheck = {
    name: "redis",
    ok: !refused,
    what: refused ?? "Redis answers, and takes writes",
  };
  return [
    redis,
    tickCheck(vitals, wallClock),
    roundCheck(vitals, missingDataTimeout),
    brazeCheck(vitals),
    ofSlack,
  ];
}

/** A refusal in one line. */
export const worded = ({ what, advice }: Refusal): string => `${what}. ${advice}`;

function tickCheck({ lastTick }: Vitals, now: Instant): ReadyCheck {
  if (lastTick === undefined) return { name: "tick", ok: false, what: "no tick has run yet" };
  const seconds = Math.round((now - lastTick) / 1_000);
  return { name: "tick", ok: now - lastTick < TICK_WITHIN, what: `the last tick was ${seconds} s ago` };
}

// A late hour is awaited and is not an error; only a longer delay is.
function roundCheck({ standing }: Vitals, missingDataTimeout: number): ReadyCheck {
  const { series, behind, unread, lag } = standing;
  const ok = lag < missingDataTimeout + HOUR;
  if (unread > 0)
    return { name: "round", ok, what: `${unread} of ${series} series are being read for the first time` };
  if (behind === 0) return { name: "round", ok, what: `all ${series} series are up to date` };
  const minutes = Math.round(lag / MINUTE);
  return {
    name: "round",
    ok,
    what: `${behind} of ${series} series are behind, the oldest hour by ${minutes} min`,
  };
}

// A name with dots belongs to a single series, and concerns only its watches.
function brazeCheck({ failures }: Vitals): ReadyCheck {
  const ofWorkspaces = [...failures].filter(
    ([name, { failure }]) => !name.includes(".") && failure.startsWith("braze-"),
  );
  const [first] = ofWorkspaces;
  if (!first) return { name: "braze", ok: true, what: "Tidewatch can read Braze" };
  const [name, { failure, message, advice }] = first;
  return {
    name: "braze",
    ok: false,
    what: `workspace ${name} cannot be read (${failure}): ${message}. ${advice}`,
  };
}

// A single channel that accepts nothing concerns only its watches.
function slackCheck({ last }: SlackSight): ReadyCheck {
  if (!last) return { name: "slack", ok: true, what: "no message was posted since the start" };
  if (last.ok) return { name: "slack", ok: true, what: "the last message was posted" };
  const ok = last.failure !== "slack-workspace" && last.failure !== "slack-unreachable";
  return { name: "slack", ok, what: `the last message was not posted (${last.failure}): ${last.advice}` };
}
