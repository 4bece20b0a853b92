import type { Backtest, Saying } from "../../core/backtest.ts";
import { localName } from "../../core/explain-words.ts";
import { hoursOf } from "../../core/incident.ts";
import { stepOf, type Unit, WEEK } from "../../core/time.ts";

const count = (value: number): string => Math.round(Math.abs(value)).toLocaleString("en-US");

/** What would have been said, a line each, and a summary. */
export function transcriptOf(result: Backtest, unit: Unit, zone: string): string[] {
  return [...result.said.map((saying) => lineOf(saying, unit, zone)), "", ...summaryOf(result, unit)];
}

function lineOf({ bucket, what, incident }: Saying, unit: Unit, zone: string): string {
  const { direction, severity, latest, balance } = incident;
  const when = `${new Date(bucket).toISOString().slice(0, 4)} ${localName(bucket, unit, zone)}`;
  const lost = `${count(balance)} sessions ${direction === "drop" ? "lost" : "gained"}`;
  if (what === "resolved") {
    return `${when}  ${direction} resolved after ${hoursOf(incident, stepOf(unit))} h, ${lost} in all`;
  }
  const change = latest.expected > 0 ? ` ${Math.round((latest.observed / latest.expected - 1) * 100)} %` : "";
  const numbers = `${count(latest.observed)} against ${count(latest.low)}–${count(latest.high)}`;
  return `${when}  ${direction} ${what}, ${severity}:${change}, ${numbers}, ${Math.abs(latest.surprise).toFixed(1)} times the usual surprise`;
}

function summaryOf({ incidents, judged, unjudged }: Backtest, unit: Unit): string[] {
  const weeks = (judged * stepOf(unit)) / WEEK;
  const of = (is: (incident: Backtest["incidents"][number]) => boolean) => incidents.filter(is).length;
  return [
    `${count(judged)} ${unit}s judged (${weeks.toFixed(1)} weeks)${[...unjudged].map(([reason, n]) => `, ${count(n)} ${reason}`).join("")}`,
    `${incidents.length} incidents, ${weeks > 0 ? (incidents.length / weeks).toFixed(2) : "0"} a week: ` +
      `${of(({ direction }) => direction === "drop")} drops, ${of(({ direction }) => direction === "spike")} spikes; ` +
      `${of(({ severity }) => severity === "critical")} critical, ${of(({ severity }) => severity === "warning")} warnings`,
  ];
}
