import { hoursOf } from "../../incidents/incident.ts";
import type { Backtest, BacktestAlert } from "../../reports/backtest.ts";
import { change, count, counted, expectedRange, numbersOf } from "../../text/numbers.ts";
import { localName } from "../../text/why.ts";
import { stepOf, type Unit, WEEK } from "../../time/time.ts";

/** What would have been posted, one line each, and a summary. */
export function transcriptOf(result: Backtest, unit: Unit, zone: string): string[] {
  return [
    ...result.alerts.map((backtestAlert) => lineOf(backtestAlert, unit, zone)),
    "",
    ...summaryOf(result, unit),
  ];
}

function lineOf({ bucket, what, incident }: BacktestAlert, unit: Unit, zone: string): string {
  const { direction, severity, latest, balance } = incident;
  const when = `${new Date(bucket).toISOString().slice(0, 4)} ${localName(bucket, unit, zone)}`;
  const lost = `${counted(Math.abs(balance), "session")} ${direction === "drop" ? "lost" : "gained"}`;
  if (what === "resolved") {
    return `${when}  ${direction} resolved after ${hoursOf(incident, stepOf(unit))} h, ${lost} in all`;
  }
  const numbers = numbersOf(latest);
  const span = numbers.buckets > 1 ? ` in the last ${counted(numbers.buckets, unit)}` : "";
  const size = [
    change(numbers),
    `${counted(numbers.observed, "session")}${span}`,
    `expected ${expectedRange(numbers)}`,
  ].filter(Boolean);
  return `${when}  ${direction} ${what}, ${severity}: ${size.join(", ")}, anomaly score ${Math.abs(latest.anomalyScore).toFixed(1)}`;
}

function summaryOf({ incidents, evaluated, notEvaluated }: Backtest, unit: Unit): string[] {
  const weeks = (evaluated * stepOf(unit)) / WEEK;
  const of = (is: (incident: Backtest["incidents"][number]) => boolean) => incidents.filter(is).length;
  const drops = of(({ direction }) => direction === "drop");
  const critical = of(({ severity }) => severity === "critical");
  const left = [...notEvaluated]
    .map(([reason, n]) => `, ${count(n)} ${reason.replaceAll("-", " ")}`)
    .join("");
  return [
    `${counted(evaluated, unit)} evaluated (${weeks.toFixed(1)} weeks)${left}`,
    `${counted(incidents.length, "incident")}, ${weeks > 0 ? (incidents.length / weeks).toFixed(2) : "0"} a week: ` +
      `${counted(drops, "drop")}, ${counted(incidents.length - drops, "spike")}; ` +
      `${critical} critical, ${counted(incidents.length - critical, "warning")}`,
  ];
}
