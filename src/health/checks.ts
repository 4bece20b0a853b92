import type { Instant } from "../time/time.ts";
import { behindSymptom } from "./backlog-check.ts";
import type { Symptom } from "./health-issue.ts";
import {
  channelSymptoms,
  consoleSymptom,
  memorySymptom,
  quotaSymptoms,
  readingSymptoms,
  slackSymptom,
} from "./neighbour-checks.ts";
import { refusalSymptoms } from "./refusal-checks.ts";
import { seriesSymptom } from "./series-check.ts";
import type { SeriesFacts } from "./series-facts.ts";

/** A trouble as it was noted: what somebody answered, and what to do. */
export interface KnownTrouble {
  readonly trouble: string;
  readonly message: string;
  readonly advice: string;
  readonly since: Instant;
  /** When it was last noted, and where: of a message that Slack refused. */
  readonly refused?: { readonly at: Instant; readonly place: string };
}

/** How much memory Redis uses, and may use; 0 for no limit. */
export interface MemoryUse {
  readonly used: number;
  readonly limit: number;
}

/** Everything that is looked at to tell whether Tidewatch is blind. */
export interface Facts {
  readonly now: Instant;
  readonly series: readonly SeriesFacts[];
  /** By workspace, series, channel or message. */
  readonly troubles: ReadonlyMap<string, KnownTrouble>;
  /** Each channel and the watches that tell it. */
  readonly channels: ReadonlyMap<string, readonly string[]>;
  readonly memory: MemoryUse;
  /** The ids of the blindnesses that stand. */
  readonly standing: ReadonlySet<string>;
}

/** Everything that looks wrong. */
export function symptomsOf(facts: Facts): Symptom[] {
  const ofSeries = facts.series.map((series) => seriesSymptom(series, facts));
  return [
    ...readingSymptoms(facts),
    ...quotaSymptoms(facts),
    ...ofSeries,
    behindSymptom(facts),
    ...channelSymptoms(facts),
    ...refusalSymptoms(facts),
    slackSymptom(facts),
    consoleSymptom(facts),
    memorySymptom(facts),
  ].filter((symptom) => symptom !== undefined);
}
