import type { DataState } from "../health/no-data.ts";
import type { Unit } from "../time/time.ts";
import { notEvaluatedWords } from "./not-evaluated.ts";
import { count, counted } from "./numbers.ts";
import { type Text, text, time } from "./text.ts";

/** What the headline of the dashboard and of the status is made from. */
export interface Overview {
  readonly watches: number;
  /** Open incidents. */
  readonly open: number;
  /** Watches without new data, and watches whose newest bucket could not be evaluated. */
  readonly noData: number;
  readonly notEvaluated: number;
  /** Why no series can be read (`pausedBy`). */
  readonly paused?: string;
}

/** The overview of these watches, each with what is known of its series. */
export function overviewOf(
  states: readonly (DataState | undefined)[],
  open: number,
  paused: string | undefined,
): Overview {
  return {
    watches: states.length,
    open,
    noData: states.filter((state) => state?.noDataSince !== undefined || state?.failure !== undefined).length,
    notEvaluated: states.filter((state) => state?.notEvaluated !== undefined).length,
    ...(paused !== undefined && { paused }),
  };
}

/**
 * Whether all is well, in a few words. What cannot be seen is not called calm.
 * @example overviewWords({ watches: 7, open: 0, noData: 7, notEvaluated: 0, paused: "braze-wrong-key" });
 * // => "⚠️ Monitoring paused: can't read Braze (invalid key)"
 */
export function overviewWords({ watches, open, noData, notEvaluated, paused }: Overview): string {
  if (watches === 0) return "🌊 No watches yet";
  const incidents = open === 0 ? [] : [counted(open, "open incident")];
  if (paused !== undefined)
    return [`⚠️ Monitoring paused: can't read Braze${causeOf(paused)}`, ...incidents].join(", ");
  const all = counted(watches, "watch");
  const unseen = [
    ...(noData === 0 ? [] : [`no data for ${noData === watches ? all : `${count(noData)} of ${all}`}`]),
    ...(notEvaluated === 0 ? [] : [`${count(notEvaluated)} not evaluated`]),
  ];
  if (noData > 0) return `⚠️ ${capital([...incidents, ...unseen].join(", "))}`;
  return [open === 0 ? `🌊 No open incidents: ${all}` : `⚠️ ${incidents[0]}, ${all}`, ...unseen].join(", ");
}

/** What keeps Tidewatch from reading Braze, in a word or two. */
const causes: Readonly<Record<string, string>> = {
  "braze-wrong-key": "invalid key",
  "braze-no-permission": "key without permission",
  "braze-wrong-url": "wrong address",
  "braze-unknown-workspace": "workspace not configured",
  "braze-unreachable": "no answer",
  "braze-bad-answer": "unreadable answers",
  "braze-rate-limit": "rate limit",
  "braze-quota-reserve": "API quota used up",
};

const causeOf = (failure: string): string => (causes[failure] ? ` (${causes[failure]})` : "");

/**
 * What keeps a watch from seeing anomalies at present, if anything.
 * @example dataStateWords({ noDataSince }, "hour"); // => no data since 4:00 PM
 */
export function dataStateWords(
  { noDataSince, notEvaluated, failure }: DataState,
  unit: Unit,
): Text | undefined {
  if (noDataSince !== undefined) return text`no data since ${time(noDataSince, unit)}`;
  if (failure !== undefined) return ["no data yet"];
  return notEvaluated && text`not evaluated: ${notEvaluatedWords(notEvaluated).why}`;
}

const capital = (words: string): string => words.charAt(0).toUpperCase() + words.slice(1);
