import type { Preview, PreviewedIncident } from "../reports/preview.ts";
import { count, counted, ofMetric } from "./numbers.ts";
import { joined, strong, type Text, text } from "./text.ts";

/** `3 alerts in 8 weeks at normal, 1 of them critical; at low 1, at high 9.` */
export function previewText({ chosen, others, evaluatedWeeks, weeks }: Preview): Text {
  if (evaluatedWeeks === 0)
    return [
      `Too little history: ${counted(Math.floor(weeks), "week")}. Nothing could be evaluated yet; evaluation starts by itself once there is enough data.`,
    ];
  const alerts = strong(counted(chosen.alerts, "alert"));
  const critical = chosen.critical > 0 ? `, ${count(chosen.critical)} of them critical` : "";
  const elsewhere = others
    .filter(({ sensitivity }) => sensitivity !== chosen.sensitivity)
    .map((other) => text`at ${strong(nameOf(other))} ${count(other.alerts)}`);
  return text`${alerts} in ${counted(Math.round(evaluatedWeeks), "week")} ${typeof chosen.sensitivity === "string" ? "at" : "with"} ${strong(nameOf(chosen))}${critical}; ${joined(elsewhere, ", ")}.`;
}

/** The data behind the preview. */
export const previewBasis = ({ usual, weeks, evaluatedWeeks, chart }: Preview): string[] => [
  `Typical ${chart.unit}: ${ofMetric(usual, chart.series ?? {})}`,
  ...(Math.round(weeks) > Math.round(evaluatedWeeks)
    ? [`${counted(Math.round(weeks), "week")} of history; the first are only learned`]
    : []),
];

const nameOf = ({ sensitivity }: PreviewedIncident): string =>
  typeof sensitivity === "string" ? sensitivity : `${sensitivity.alertsPerMonth} a month`;
