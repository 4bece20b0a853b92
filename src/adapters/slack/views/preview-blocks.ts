import type { AnyBlock, KnownBlock } from "@slack/types";
import type { Block } from "../../../pipeline/ports/messages.ts";
import type { Preview, PreviewedIncident } from "../../../reports/preview.ts";
import { count, counted } from "../../../text/numbers.ts";
import { footer, section } from "../blocks/blocks.ts";
import { plain as harmless } from "../commands/plain.ts";

/** The progress of a preview. */
export type PreviewShown =
  | { readonly kind: "waiting" }
  /** The numbers are known; the chart follows. */
  | { readonly kind: "counted"; readonly preview: Preview }
  | { readonly kind: "drawn"; readonly preview: Preview; readonly chartImage: Block }
  /** Why there is no preview, as a full sentence. */
  | { readonly kind: "impossible"; readonly why: string };

/** What the watch would have alerted on in the last weeks, as a number and as a chart. */
export function previewBlocks(shown: PreviewShown): AnyBlock[] {
  switch (shown.kind) {
    case "waiting":
      return [
        section("*Preview*\n⏳ Reading the last 8 weeks…"),
        footer(["This takes a few seconds for a series that is not watched yet"]),
      ];
    case "impossible":
      return [section(`*Preview*\n${harmless(shown.why, 600)}`)];
    case "counted":
      return [section(`*Preview*\n${previewWords(shown.preview)}`), ...basisBlocks(shown.preview)];
    case "drawn":
      return [
        section(`*Preview*\n${previewWords(shown.preview)}`),
        shown.chartImage as unknown as AnyBlock,
        ...basisBlocks(shown.preview),
      ];
  }
}

/** `3 alerts in 8 weeks, 1 of them critical; at low 1, at high 9`. */
export function previewWords({ chosen, others, evaluatedWeeks, weeks }: Preview): string {
  if (evaluatedWeeks === 0)
    return `Too little history: ${counted(Math.floor(weeks), "week")}. Nothing could be evaluated yet; evaluation starts by itself once there is enough data.`;
  const critical = chosen.critical > 0 ? `, ${count(chosen.critical)} of them critical` : "";
  const elsewhere = others
    .filter(({ sensitivity }) => sensitivity !== chosen.sensitivity)
    .map((other) => `at *${nameOf(other)}* ${count(other.alerts)}`);
  return `*${counted(chosen.alerts, "alert")}* in ${counted(Math.round(evaluatedWeeks), "week")} ${nameChosen(chosen)}${critical}; ${elsewhere.join(", ")}.`;
}

const nameOf = ({ sensitivity }: PreviewedIncident): string =>
  typeof sensitivity === "string" ? sensitivity : `${sensitivity.alertsPerMonth} a month`;

const nameChosen = (chosen: PreviewedIncident): string =>
  typeof chosen.sensitivity === "string" ? `at *${nameOf(chosen)}*` : `with *${nameOf(chosen)}*`;

/** The data behind the preview. */
export const basisBlocks = ({ usual, weeks, evaluatedWeeks, chart }: Preview): KnownBlock[] => [
  footer([
    `Typical ${chart.unit}: ${counted(usual, "session")}`,
    ...(Math.round(weeks) > Math.round(evaluatedWeeks)
      ? [`${count(Math.round(weeks))} weeks of history; the first are only learned`]
      : []),
  ]),
];
