import type { LabelFacts } from "../../../incidents/label-facts.ts";
import type { Notification } from "../../../notifications/notification.ts";
import { HOUR, stepOf, type Unit } from "../../../time/time.ts";
import { lasting } from "../blocks/when.ts";
import { personOf } from "./facts.ts";
import { labelWords } from "./label-words.ts";

/** `Labelled *expected* by @ada: these 5 hours are no longer learned from, …`, or that the label was removed. */
export function labelText(facts: LabelFacts, { watch }: Pick<Notification, "watch">): string {
  const { label, by, isGone } = facts;
  const name = labelWords[label].name.toLowerCase();
  return isGone
    ? `The label *${name}* was taken back: ${takenBack(facts, watch.series.unit)}`
    : `Labelled *${name}* by ${personOf(by)}: ${follows(facts, watch)}`;
}

function follows(facts: LabelFacts, { series, thresholdAdjustment = 1 }: Notification["watch"]): string {
  const hours = span(facts, series.unit);
  const growing = facts.isOpen ? ", nor are those to come while it goes on" : "";
  switch (facts.label) {
    case "real":
      return `${hours} are not learned from${growing}.`;
    case "expected":
      return facts.isOpen
        ? `${hours} are not learned from${growing}. Only its end will be said.`
        : `${hours} are not learned from.`;
    case "false-alarm":
      return thresholdAdjustment > 1
        ? `${hours} are learned from like any others. False alarms have raised the threshold of this watch by ${Math.round((thresholdAdjustment - 1) * 100)} %.`
        : `${hours} are learned from like any others. A second one among five labels raises the threshold of this watch.`;
    case "new-normal":
      return "its level is what is expected from now on.";
  }
}

function takenBack(facts: LabelFacts, unit: Unit): string {
  if (facts.label === "false-alarm") return "it does not count any more.";
  if (facts.label === "new-normal") return "its level is not taken for normal any more.";
  return `${span(facts, unit)} are learned from again.`;
}

const span = ({ from, to }: LabelFacts, unit: Unit): string => {
  const step = stepOf(unit);
  return to === from
    ? `the sessions of this ${unit}`
    : `the sessions of these ${lasting((to - from + step) / HOUR, unit)}`;
};
