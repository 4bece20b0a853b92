import { metricOf, metricTitle } from "../metrics/metrics.ts";
import type { SuggestedApp, Suggestion } from "../reports/suggested-watches.ts";
import { count, counted, ofMetric } from "./numbers.ts";
import { channel, name, strong, type Text, text } from "./text.ts";

/** The words of the form that suggests watches. */
export const suggestForm = {
  title: "Watch what matters",
  submit: "Watch these",
  watched: "Watched",
  intro:
    "Tick what to watch. Each line says what a watch of normal sensitivity would have alerted on in the last weeks.",
  channel: "Alert channel",
  choose: "Choose…",
  nothing: "Tick at least one.",
  noneLeft: "Nothing more to suggest for this app.",
} as const;

/** `Order Completed`. */
export const suggestionTitle = ({ suggested }: Suggestion): string => metricTitle(suggested.series);

/** `2 alerts in 7 weeks (0.3 a week); typical hour: 143 events`. */
export function suggestionWords({ preview, suggested }: Extract<Suggestion, { kind: "backtested" }>): string {
  const { chosen, evaluatedWeeks, usual } = preview;
  const { series } = suggested;
  const typical = `typical ${series.unit}: ${ofMetric(usual, series)}`;
  if (evaluatedWeeks === 0) return `Too little history yet; ${typical}`;
  const aWeek = (chosen.alerts / evaluatedWeeks).toFixed(1).replace(/\.0$/, "");
  return `${counted(chosen.alerts, "alert")} in ${counted(Math.round(evaluatedWeeks), "week")} (${aWeek} a week); ${typical}`;
}

/** Why something is not offered: it is watched, nothing is counted, or Braze refused it. Undefined for what is offered. */
export function notOffered(suggestion: Suggestion, explain: (error: unknown) => string): Text | undefined {
  const { series } = suggestion.suggested;
  const title = strong(text`${name(metricTitle(series))}`);
  switch (suggestion.kind) {
    case "backtested":
      return undefined;
    case "watched":
      return text`✅ ${title}: already watched in ${channel(suggestion.by.channel)}`;
    case "empty":
      return text`${title}: Braze counted no ${metricOf(series).noun[1]} in the last weeks`;
    case "impossible":
      return text`⚠️ ${title}: ${name(explain(suggestion.error), 300)}`;
  }
}

/** `Reading Android, 2 of 3 apps…`. */
export const readingWords = ({ name: app }: SuggestedApp, place: number, all: number): string =>
  `⏳ Reading ${app}, ${count(place)} of ${counted(all, "app")}…`;

/** What is said of apps that the form has no room for. */
export const moreApps = (more: number): string =>
  `${counted(more, "more app")}: type /tidewatch suggest and the app's name`;

/** `Watching 7 more series`. */
export const addedWords = (watches: number): string => `Added ${counted(watches, "watch")}`;
