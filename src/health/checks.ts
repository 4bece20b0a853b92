import { type Part, plainText, type Text } from "../text/text.ts";
import type { Instant, Unit } from "../time/time.ts";
import type { HealthCheck } from "./check.ts";
import { brazeChecks } from "./checks/braze.ts";
import { destinationChecks } from "./checks/destinations.ts";
import { noDataChecks } from "./checks/no-data.ts";
import { runtimeChecks } from "./checks/runtime.ts";
import { seriesChecks } from "./checks/series.ts";
import { slackChecks } from "./checks/slack.ts";
import type { Facts } from "./facts.ts";

/**
 * All health checks, by the id of what they find. The health monitor runs them every minute, the pages at each request,
 * and the doctor once; each gives them what it could find out.
 */
export const healthChecks = {
  ...brazeChecks,
  ...seriesChecks,
  ...noDataChecks,
  ...slackChecks,
  ...destinationChecks,
  ...runtimeChecks,
};

/** What may keep Tidewatch from reading, evaluating or posting. */
export type HealthIssueKind = keyof typeof healthChecks;

export const healthIssueKinds = Object.keys(healthChecks) as HealthIssueKind[];

/** The row of a check. */
export const healthCheck = (kind: HealthIssueKind): HealthCheck => healthChecks[kind];

/** Whether it is posted in the channel that it is about, and not among the health issues for those who run Tidewatch. */
export const isNotice = ({ kind }: Pick<CheckFailure, "kind">): boolean =>
  healthCheck(kind).isNotice === true;

/** What a check reads. */
export type FactsFor<Kind extends HealthIssueKind> = Parameters<(typeof healthChecks)[Kind]["failing"]>[0];

/** A health check that fails at this moment. */
export interface CheckFailure {
  /** Made from its kind and its subject: `braze.main`, `late.ios`. */
  readonly id: string;
  readonly kind: HealthIssueKind;
  /** The names of what is affected: a workspace, watches, a channel. */
  readonly what: readonly string[];
  /** What is wrong, as a clause without a full stop. */
  readonly detail: string;
  /** What a person can do about it, as full sentences. */
  readonly advice: string;
  readonly since: Instant;
  /** How many due buckets were not evaluated because of it. */
  readonly missed?: { readonly buckets: number; readonly unit: Unit };
  /** How long it may last before it is posted, in milliseconds: most failures pass by themselves. */
  readonly grace: number;
}

/** What one check finds wrong. */
export function failuresOf<Kind extends HealthIssueKind>(kind: Kind, facts: FactsFor<Kind>): CheckFailure[] {
  // Each check reads only the facts that its own type names.
  const { failing, grace } = healthCheck(kind);
  return failing(facts as Facts).map(({ of, ...found }) => ({
    grace,
    ...found,
    kind,
    id: of === undefined ? kind : `${kind}.${of}`,
  }));
}

/** What all checks find wrong. */
export const checkFailuresOf = (facts: Facts): CheckFailure[] =>
  healthIssueKinds.flatMap((kind) => failuresOf(kind, facts));

/** What is wrong and what to do, in one line. */
export const inOneLine = (failure: CheckFailure): string =>
  `${plainText(titleOf(failure))}: ${failure.detail}. ${failure.advice}`;

/** What is wrong in a few words. @param nameOf how a name is shown */
export const titleOf = (
  { kind, what: [first = "", ...others] }: Pick<CheckFailure, "kind" | "what">,
  nameOf: (name: string) => Part = (name) => name,
): Text => healthCheck(kind).title(nameOf(first), others.length + 1);
