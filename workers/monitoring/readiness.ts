import { backlogOf } from "../../src/health/backlog.ts";
import { SLACK } from "../../src/health/checks/slack.ts";
import {
  type CheckFailure,
  failuresOf,
  type HealthIssueKind,
  healthCheck,
  healthIssueKinds,
  inOneLine,
} from "../../src/health/checks.ts";
import type { Facts, Stalled } from "../../src/health/facts.ts";
import { HOUR, type Instant, MINUTE } from "../../src/time/time.ts";
import type { SlackSight } from "./metered.ts";
import type { NoVitals, Vitals } from "./vitals.ts";

/** A health check on the page. */
export interface PageCheck {
  readonly name: HealthIssueKind | "start";
  readonly ok: boolean;
  readonly what: string;
}

/** Whether the bot can do its work: what that depends on, and what else is wrong. */
export interface Readiness {
  readonly ready: boolean;
  readonly checks: readonly PageCheck[];
  readonly issues: readonly PageCheck[];
}

/** What this process knows. */
export interface Seen {
  readonly vitals: Vitals | NoVitals;
  /** Why Redis accepts no writes, if it is known to refuse them. */
  readonly refusal?: Facts["refusal"];
  readonly slack: SlackSight;
  readonly wallClock: Instant;
}

/** Runs the health checks on what this process knows, and only those that it knows enough for. */
export function readiness(seen: Seen): Readiness {
  const { vitals, refusal } = seen;
  const own = { failures: failuresWith(seen), ...(refusal && { refusal }) };
  if (!("facts" in vitals)) {
    const facts = { ...vitals, ...own };
    return readinessOf(["redis.writes", "redis.data", "slack"], isVital, (kind) => failuresOf(kind, facts));
  }
  const facts: Facts = { ...vitals.facts, ...own, stalled: stalledIn(vitals, seen.wallClock) };
  const mayBeBehind = isCatchingUp(facts);
  return readinessOf(
    healthIssueKinds,
    (kind) => isVital(kind) && !(kind === "behind" && mayBeBehind),
    (kind) => failuresOf(kind, facts),
  );
}

const isVital = (kind: HealthIssueKind): boolean => healthCheck(kind).isVital === true;

/** After downtime hours are caught up within minutes: only a longer delay keeps the bot from being ready. */
function isCatchingUp(facts: Facts): boolean {
  const [first] = facts.series;
  return !first || backlogOf(facts).lag < first.timing.missingDataTimeout + HOUR;
}

function readinessOf(
  kinds: readonly HealthIssueKind[],
  isNeeded: (kind: HealthIssueKind) => boolean,
  failuresBy: (kind: HealthIssueKind) => CheckFailure[],
): Readiness {
  const of = (kind: HealthIssueKind): PageCheck => {
    const failures = failuresBy(kind);
    const ok = failures.length === 0;
    return { name: kind, ok, what: ok ? healthCheck(kind).passing : failures.map(inOneLine).join(" ") };
  };
  const checks = kinds.filter(isNeeded).map(of);
  const issues = kinds.filter((kind) => !isNeeded(kind)).map(of);
  return { ready: checks.every(({ ok }) => ok), checks, issues: issues.filter(({ ok }) => !ok) };
}

/** What is recorded, with what this process saw of Slack itself. */
function failuresWith({ vitals, slack: { last } }: Seen): Facts["failures"] {
  const recorded = "facts" in vitals ? vitals.facts.failures : new Map();
  // A single channel that accepts nothing concerns only its watches.
  const isDown =
    last && !last.ok && (last.failure === "slack-workspace" || last.failure === "slack-unreachable");
  return isDown ? new Map([...recorded, [SLACK, last]]) : recorded;
}

/** Ticks come every minute. */
const TICK_WITHIN = 3 * MINUTE;

const stalledIn = ({ lastTick }: Vitals, now: Instant): Stalled[] =>
  lastTick !== undefined && now - lastTick < TICK_WITHIN ? [] : [{ job: "tick", since: lastTick ?? now }];
