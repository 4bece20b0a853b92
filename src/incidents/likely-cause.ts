import type { Direction } from "../detector/verdict/verdict.ts";
import { isOfSessions, type Measured, metricNameOf } from "../metrics/metrics.ts";
import type { Breakdown } from "./breakdown.ts";

/** What is known around an incident, as far as the rules need it. */
export interface Evidence {
  readonly direction: Direction;
  readonly series: Measured & { readonly app?: string };
  /** The apps of the workspace that are known to have moved alike, and those that are known not to. */
  readonly otherApps: { readonly alike: number; readonly calm: number };
  /** Whether Braze cannot be read, or its hours are late. */
  readonly isSourceLate: boolean;
  /** What changed in the product shortly before, newest first. */
  readonly changes: readonly Change[];
  /** What was sent to users shortly before, newest first. */
  readonly sends: readonly { readonly name: string }[];
  /** What was not, though it was at this time of the weeks before. */
  readonly missing: readonly { readonly name: string; readonly weeks: number }[];
  readonly breakdown?: Breakdown;
  /** Whether the sessions of the same app did as expected; left out: unknown. */
  readonly sessionsAsExpected?: boolean;
}

interface Change {
  readonly name: string;
  readonly scope: { readonly app?: string };
}

/** Why something probably happened, with the evidence for it. */
export type LikelyCause =
  | { readonly kind: "source"; readonly apps: number }
  | { readonly kind: "release"; readonly change: string; readonly isOnlyOneApp: boolean }
  | { readonly kind: "send"; readonly send: string }
  | { readonly kind: "missing-send"; readonly send: string; readonly weeks: number }
  | { readonly kind: "tokens" }
  | { readonly kind: "checkout" };

/** A rule: gives a cause where its evidence is complete. */
interface Rule {
  readonly kind: LikelyCause["kind"];
  readonly infer: (evidence: Evidence) => LikelyCause | undefined;
}

/** A message that speaks of everything at once needs so many apps. */
const EVERYTHING = 2;

/** The rules, the strongest evidence first. None of them guesses: what is missing is no evidence. */
export const causeRules: readonly Rule[] = [
  {
    // Everything at once, and Braze is late: the counts are incomplete.
    kind: "source",
    infer: (evidence) => {
      const { moved, calm } = appsOf(evidence);
      return evidence.direction === "drop" && evidence.isSourceLate && calm === 0 && moved >= EVERYTHING
        ? { kind: "source", apps: moved }
        : undefined;
    },
  },
  {
    // More of what people do, shortly after they were sent a message. Uninstalls are no visit.
    kind: "send",
    infer: ({ direction, series, sends: [newest] }) =>
      newest && direction === "spike" && metricNameOf(series) !== "uninstalls"
        ? { kind: "send", send: newest.name }
        : undefined,
  },
  {
    // One app alone, shortly after its release; or everything at once, shortly after a change of everything.
    kind: "release",
    infer: (evidence) => {
      const { moved, calm } = appsOf(evidence);
      const isAlone = moved <= 1;
      const change = evidence.changes.find(
        ({ scope }) => (scope.app !== undefined && isAlone) || (scope.app === undefined && calm === 0),
      );
      return change && { kind: "release", change: change.name, isOnlyOneApp: isAlone && calm > 0 };
    },
  },
  {
    // Less of it, where a message that brings people each week was not sent.
    kind: "missing-send",
    infer: ({ direction, missing: [first] }) =>
      first && direction === "drop"
        ? { kind: "missing-send", send: first.name, weeks: first.weeks }
        : undefined,
  },
  {
    // Uninstalls rise while sessions do not fall: push tokens were revoked, and nobody left.
    kind: "tokens",
    infer: ({ direction, series, sessionsAsExpected }) =>
      metricNameOf(series) === "uninstalls" && direction === "spike" && sessionsAsExpected === true
        ? { kind: "tokens" }
        : undefined,
  },
  {
    // Visitors came as expected and bought less: it is where orders are made.
    kind: "checkout",
    infer: ({ direction, series, sessionsAsExpected }) =>
      direction === "drop" && isOrders(series) && sessionsAsExpected === true
        ? { kind: "checkout" }
        : undefined,
  },
];

/** The likely cause of an incident by the first rule whose evidence is complete; undefined: unknown. */
export function likelyCause(evidence: Evidence): LikelyCause | undefined {
  for (const { infer } of causeRules) {
    const cause = infer(evidence);
    if (cause) return cause;
  }
  return undefined;
}

/** How many apps moved, its own included, and how many did as expected: those of the breakdown, or those watched. */
function appsOf({ otherApps, breakdown, direction, series }: Evidence): { moved: number; calm: number } {
  const own = series.app === undefined ? 0 : 1;
  if (!breakdown || breakdown.apps.length < 2) return { moved: otherApps.alike + own, calm: otherApps.calm };
  const { apps } = breakdown;
  const calm = apps.filter(
    ({ isAsExpected, observed, expected }) => isAsExpected || observed < expected !== (direction === "drop"),
  ).length;
  return { moved: apps.length - calm, calm };
}

const ORDERS = /order|purchas|checkout|payment|basket|cart/i;

/** Whether a series counts what people buy. */
function isOrders(series: Measured): boolean {
  const metric = metricNameOf(series);
  if (isOfSessions(series)) return false;
  return metric === "purchases" || metric === "revenue" || ORDERS.test(series.item ?? "");
}
