import type { Suggestion } from "../reports/suggest.ts";
import { count } from "./numbers.ts";
import { sensitivityWords } from "./sensitivity.ts";

/** The effect of a suggestion in words. */
export const suggestionInWords = ({ present, suggested, real }: Suggestion): string =>
  `sensitivity ${sensitivityWords(suggested.sensitivity)} would have alerted ${times(suggested.alerts)} instead of ${count(present.alerts)} over the stored history. ${foundInWords(suggested.missed, real)}`;

const times = (n: number): string => (n === 1 ? "once" : `${count(n)} times`);

function foundInWords(missed: number, real: number): string {
  if (real === 0) return "None of these incidents is labeled real.";
  if (missed > 0)
    return `It would have missed ${missed} of the ${real} incidents labeled real, as the present sensitivity does.`;
  return real === 1
    ? "It would not have missed the incident labeled real."
    : `It would have missed none of the ${real} incidents labeled real.`;
}
