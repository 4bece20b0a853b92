import type { BrazeMetric } from "../../src/metrics/metric.ts";
import { brazeMetricOf } from "../../src/metrics/metrics.ts";
import { HOUR, type Hour, type Instant, type Unit } from "../../src/time/time.ts";
import { type Span, spanAt, spanBefore } from "./buckets.ts";
import type { Target } from "./incidents.ts";
import { campaignRow, canvasRow, type Figures, isEmptyDay, messagesOf } from "./messages.ts";
import type { Switches, Writing } from "./switches.ts";
import { timeText } from "./time-text.ts";
import { sumOver, valueBetween } from "./values.ts";
import type { Workspace } from "./workspace.ts";

/** A request for a series, understood. */
export interface SeriesQuery {
  readonly series: Target;
  readonly unit: Unit;
  readonly length: number;
  readonly endingAt: Instant;
  /** Whether the steps of a Canvas are told. */
  readonly hasSteps?: boolean;
}

/** What the simulator is at the moment of an answer. */
export interface Surroundings {
  readonly workspace: Workspace;
  readonly switches: Switches;
  readonly writing: Writing;
  /** IANA zone of the company. */
  readonly zone: string;
  /** How far back hours go where the history is limited. */
  readonly historyHours: number;
  readonly now: Instant;
}

export interface Row {
  readonly time: string;
  readonly [field: string]: unknown;
}

/** How long after its end an hour still rises, in milliseconds, and which share has arrived by its end. */
export const LATE_FOR = 4 * HOUR;
const ON_TIME = 0.85;

/** The rows of an answer, as the switches would have them. */
export function seriesRows(query: SeriesQuery, surroundings: Surroundings): Row[] {
  const { switches, writing, zone } = surroundings;
  const { unit } = query;
  const bucketZone = switches.bucketZone === "company" ? zone : "UTC";
  const rows = spansOf(query, surroundings, bucketZone).map((span) => ({
    time: timeText(span.from, unit, bucketZone, switches.timeForm),
    ...figuresOf(span, query, surroundings),
  }));
  const { field, item } = brazeMetricOf(query.series);
  const isEmpty = (row: Row) => (item?.isId ? isEmptyDay(row) : row[field] === 0);
  const isLeftOut = unit === "hour" ? switches.emptyHours === "left-out" : writing.emptyDays === "left-out";
  const kept = isLeftOut ? rows.filter((row) => !isEmpty(row)) : rows;
  const few = switches.answers === "short" ? kept.slice(-Math.ceil(query.length * 0.6)) : kept;
  return switches.order === "ascending" ? few : few.toReversed();
}

/** The buckets the answer speaks of, oldest first. */
function spansOf(query: SeriesQuery, { switches, historyHours, now }: Surroundings, zone: string): Span[] {
  const { unit, length } = query;
  const oldest = switches.history === "limited" ? now - historyHours * HOUR : Number.NEGATIVE_INFINITY;
  const spans: Span[] = [];
  let span = newestSpan(query, switches, now, zone);
  while (spans.length < length && span.from >= oldest) {
    spans.unshift(span);
    span = spanBefore(span, unit, zone);
  }
  return spans;
}

function newestSpan({ unit, endingAt }: SeriesQuery, switches: Switches, now: Instant, zone: string): Span {
  const end = Math.min(endingAt, now);
  const span = spanAt(end, unit, zone);
  // A midnight ends the day before it.
  const isEdge = end === span.from && (unit === "day" || switches.endingEdge === "excluded");
  const isLeftOut = switches.partialHour === "left-out" && span.to > now;
  return isEdge || isLeftOut ? spanBefore(span, unit, zone) : span;
}

/** What a row holds beside its time. */
function figuresOf(span: Span, query: SeriesQuery, surroundings: Surroundings): Figures {
  const { workspace, writing } = surroundings;
  const { field, kind } = brazeMetricOf(query.series);
  const known = messagesOf(workspace, query.series.item);
  const share = kind === "level" ? 1 : arrivedShareOf(span, query, surroundings);
  if (!known) return { [field]: partOf(valueBetween(workspace, query.series, span), share, kind) };
  const arrived = (ofHour: (hour: Hour) => number) =>
    Math.floor(Math.round(sumOver(span.from, span.to, ofHour)) * share);
  return query.hasSteps === undefined
    ? campaignRow(workspace, known, arrived, writing)
    : canvasRow(workspace, known, arrived, writing, query.hasSteps);
}

const partOf = (all: number, share: number, kind: BrazeMetric["kind"]): number =>
  kind === "count" ? Math.floor(all * share) : kind === "money" ? Math.round(100 * all * share) / 100 : all;

/** The share of a bucket that has arrived at this moment. */
function arrivedShareOf(span: Span, { endingAt }: SeriesQuery, { switches, now }: Surroundings): number {
  const end = switches.partialHour === "cut-at-ending" ? Math.min(endingAt, now) : now;
  const passed = Math.max(0, Math.min(1, (end - span.from) / (span.to - span.from)));
  return passed * (switches.lateIngestionDelays === "rising" ? arrivedShare(now - span.to) : 1);
}

const arrivedShare = (age: number): number =>
  ON_TIME + (1 - ON_TIME) * Math.max(0, Math.min(1, age / LATE_FOR));
