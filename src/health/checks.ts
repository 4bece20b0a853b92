import { behindCheckFailure } from "./backlog-check.ts";
import type { Facts } from "./facts.ts";
import type { CheckFailure } from "./health-issue.ts";
import {
  channelCheckFailures,
  consoleCheckFailure,
  memoryCheckFailure,
  quotaCheckFailures,
  readingCheckFailures,
  sharedAppCheckFailure,
  slackCheckFailure,
} from "./neighbour-checks.ts";
import { refusalCheckFailures } from "./refusal-checks.ts";
import { seriesCheckFailure } from "./series-check.ts";

/** All failed checks. */
export function checkFailuresOf(facts: Facts): CheckFailure[] {
  const ofSeries = facts.series.map((series) => seriesCheckFailure(series, facts));
  return [
    ...readingCheckFailures(facts),
    ...quotaCheckFailures(facts),
    ...ofSeries,
    behindCheckFailure(facts),
    ...channelCheckFailures(facts),
    ...refusalCheckFailures(facts),
    slackCheckFailure(facts),
    consoleCheckFailure(facts),
    sharedAppCheckFailure(facts),
    memoryCheckFailure(facts),
  ].filter((checkFailure) => checkFailure !== undefined);
}
