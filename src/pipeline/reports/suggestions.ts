import { type Counted, metrics } from "../../metrics/metrics.ts";
import {
  type SuggestedApp,
  type SuggestedWatch,
  type Suggestion,
  suggestedWatch,
} from "../../reports/suggested-watches.ts";
import { type SeriesRef, seriesId } from "../../series/series.ts";
import type { Watch } from "../../settings/watch.ts";
import { bucketsBetween, DAY } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { ItemList } from "../ports/braze.ts";
import { preview } from "./preview.ts";

type SuggestContext = Context & { readonly items: ItemList };

/** How many events are proposed, and of how many it is read which are the most frequent. */
const MOST_EVENTS = 5;
const MOST_READ = 200;
/** How many series are read at once. */
const AT_ONCE = 10;

/** Days over which events are compared. */
const DAYS = 7;

/**
 * What matters of an app: sessions, new users, uninstalls, its most frequent events, revenue; each with what a usual
 * watch would have alerted on. A series that Braze refuses says so and keeps back no other.
 */
export async function suggestWatches(app: SuggestedApp, context: SuggestContext): Promise<Suggestion[]> {
  const watches = await context.watches.all();
  const events = await frequentEvents(app, context).catch((error: unknown) => ({ error }));
  const all: Counted[] = [
    {},
    { metric: "new-users" },
    { metric: "uninstalls" },
    ...("error" in events ? [] : events.map((item) => ({ metric: "events", item }) as const)),
    { metric: "revenue" },
  ];
  const suggestions: Suggestion[] = [];
  // One after the other: each replays weeks of history.
  for (const counted of all)
    suggestions.push(await suggestionOf(suggestedWatch(app, counted), watches, context));
  if ("error" in events)
    suggestions.push({
      kind: "impossible",
      suggested: suggestedWatch(app, { metric: "events" }),
      error: events.error,
    });
  return suggestions;
}

/** Stands in for the channel that is chosen later. */
const NO_CHANNEL = "C0000000";

async function suggestionOf(
  suggested: SuggestedWatch,
  watches: readonly Watch[],
  context: SuggestContext,
): Promise<Suggestion> {
  const { series, ...rules } = suggested;
  const id = seriesId(series);
  const by = watches.find((watch) => seriesId(watch.series) === id);
  if (by) return { kind: "watched", suggested, by };
  try {
    const found = await preview({ ...series, ...rules, channel: NO_CHANNEL }, {}, context);
    const isEmpty = found.chart.points.every(({ observed = 0 }) => observed === 0);
    return isEmpty ? { kind: "empty", suggested } : { kind: "backtested", suggested, preview: found };
  } catch (error) {
    return { kind: "impossible", suggested, error };
  }
}

/** The custom events that an app had most of in the last days. */
async function frequentEvents(
  { workspace, app }: SuggestedApp,
  { items, source, clock }: SuggestContext,
): Promise<string[]> {
  const names = (await items(workspace, metrics.events.item)).slice(0, MOST_READ).map(({ name }) => name);
  const last = Math.floor(clock() / DAY) * DAY - DAY;
  const days = bucketsBetween(last - (DAYS - 1) * DAY, last, "day");
  const sumOf = async (item: string): Promise<number> => {
    const ref: SeriesRef = { workspace, metric: "events", item, ...(app && { app }), unit: "day" };
    const points = await source.points(ref, days[0]!, days.at(-1)!);
    return points.reduce((sum, { value }) => sum + value, 0);
  };
  const found: { name: string; sum: number }[] = [];
  let refusal: unknown;
  for (let i = 0; i < names.length; i += AT_ONCE) {
    const some = names.slice(i, i + AT_ONCE);
    const outcomes = await Promise.allSettled(some.map(sumOf));
    outcomes.forEach((outcome, j) => {
      if (outcome.status === "fulfilled") found.push({ name: some[j]!, sum: outcome.value });
      else refusal ??= outcome.reason;
    });
    if (found.length === 0 && refusal !== undefined) throw refusal;
  }
  return found
    .filter(({ sum }) => sum > 0)
    .toSorted((a, b) => b.sum - a.sum || (a.name < b.name ? -1 : 1))
    .slice(0, MOST_EVENTS)
    .map(({ name }) => name);
}
