import type { Label } from "../../incidents/label.ts";
import type { Period } from "../../reports/totals.ts";
import { isUnlabelled, type ReviewedIncident } from "../../reports/weekly-review.ts";
import { alertButtons } from "../alert-buttons.ts";
import { labelWords } from "../labels.ts";
import { counted } from "../numbers.ts";
import { name, strong, type Text, text, time } from "../text.ts";
import { incidentText } from "../weekly-review.ts";
import { type Answer, type AnswerRow, paragraph, rowsOf } from "./answer.ts";

/** What incidents were asked for. */
export interface Searched extends Period {
  readonly words?: string;
  readonly label?: Label | "none";
}

/** Incidents in the given order: how much, how long, the label, and a link to the alert where it is known. */
export function incidentsAnswer(found: readonly ReviewedIncident[], searched: Searched): Answer {
  const heading = text`${found.length === 0 ? "No incidents" : counted(found.length, "incident")}${searchedText(searched)}`;
  return found.length === 0
    ? { headline: heading, parts: [paragraph(text`${heading}.`)] }
    : rowsOf(heading, [strong(heading)], found.map(rowOf));
}

/** ` of iOS: labeled false alarm, Sun 17 May 12:15 UTC – Tue 16 Jun 12:15 UTC`. */
function searchedText({ words, label, from, to }: Searched): Text {
  const of = words === undefined ? [] : text` of ${name(words)}`;
  const labeled = label && (label === "none" ? "not labeled, " : `labeled ${nameOf(label)}, `);
  return text`${of}: ${labeled ?? ""}${time(from)} – ${time(to)}`;
}

function rowOf(one: ReviewedIncident): AnswerRow {
  const { id, labelled, resolvedAt } = one.incident;
  const label = labelled ? `labeled ${nameOf(labelled.label)}` : "not labeled";
  return {
    text: text`${incidentText(one)}  ·  ${resolvedAt === undefined ? "open, " : ""}${label}`,
    ...(isUnlabelled(one) && {
      button: { label: alertButtons.label, action: { do: "label", incidentId: id } },
    }),
  };
}

const nameOf = (label: Label): string => labelWords[label].name.toLowerCase();
