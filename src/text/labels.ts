import type { Label } from "../incidents/label.ts";
import type { LabelFacts } from "../incidents/label-facts.ts";
import type { Watch } from "../settings/watch.ts";
import { HOUR, stepOf, type Unit } from "../time/time.ts";
import { person, strong, type Text, text } from "./text.ts";
import { lasting } from "./times.ts";

interface LabelWords {
  readonly name: string;
  /** What the label states about the incident. */
  readonly meaning: string;
}

/** The name of each label, and what it states. */
export const labelWords: Readonly<Record<Label, LabelWords>> = {
  real: { name: "Real", meaning: "Something broke" },
  expected: { name: "Expected", meaning: "A campaign, a holiday, a release" },
  "false-alarm": { name: "False alarm", meaning: "Nothing was wrong" },
  "new-normal": { name: "New normal", meaning: "The level has changed for good" },
};

export const labels = Object.keys(labelWords) as Label[];

/** `Labeled *expected* by @ada: these 5 hours are not learned.`, or that the label was removed; a sentence each. */
export function labelTexts(facts: LabelFacts, watch: Watch): Text[] {
  const { label, by, isGone } = facts;
  const name = strong(labelWords[label].name.toLowerCase());
  if (isGone) return [text`The label ${name} was removed: ${takenBack(facts, watch.series.unit)}`];
  const [first = "", ...more] = follows(facts, watch);
  return [text`Labeled ${name} by ${person(by)}: ${first}`, ...more.map((sentence) => [sentence])];
}

function follows(facts: LabelFacts, { series, thresholdAdjustment = 1 }: Watch): string[] {
  const hours = span(facts, series.unit);
  const growing = facts.isOpen ? `, nor are later ${series.unit}s while it is open` : "";
  switch (facts.label) {
    case "real":
      return [`${hours} not learned${growing}.`];
    case "expected":
      return facts.isOpen
        ? [`${hours} not learned${growing}.`, "Tidewatch posts again only when it resolves."]
        : [`${hours} not learned.`];
    case "false-alarm":
      return [
        `${hours} learned like any others.`,
        thresholdAdjustment > 1
          ? `False alarms have raised the threshold of this watch by ${Math.round((thresholdAdjustment - 1) * 100)}%.`
          : "If two of the last five labels are false alarms, the threshold of this watch rises.",
      ];
    case "new-normal":
      return ["its level is expected from now on."];
  }
}

function takenBack(facts: LabelFacts, unit: Unit): string {
  if (facts.label === "false-alarm") return "it no longer counts.";
  if (facts.label === "new-normal") return "its level is no longer expected.";
  return `${span(facts, unit)} learned again.`;
}

const span = ({ from, to }: LabelFacts, unit: Unit): string =>
  to === from ? `this ${unit} is` : `these ${lasting((to - from + stepOf(unit)) / HOUR, unit)} are`;
