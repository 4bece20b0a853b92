import { InputError } from "../../errors.ts";
import type { Label } from "../../incidents/label.ts";
import { shortened } from "./shortened.ts";
import { nameIn, needed, type Syntax, textOf } from "./syntax.ts";
import { quoted, type Word } from "./words.ts";

const LABELS: readonly Label[] = ["real", "expected", "false-alarm", "new-normal"];

/** Other words for labels, and for none. */
const SPELLINGS: Readonly<Record<string, Label | "none">> = {
  ...Object.fromEntries(LABELS.map((label) => [label, label])),
  none: "none",
  remove: "none",
  "real-incident": "real",
  "false-positive": "false-alarm",
  false: "false-alarm",
  "new-baseline": "new-normal",
};

/** The label that a text names; "none" for no label, undefined for other text. */
export const labelNamed = (text: string): Label | "none" | undefined =>
  SPELLINGS[text.trim().toLowerCase().replace(/\s+/g, "-")];

/** An incident or its watch, then a label; without a label, the current one is removed. */
export const incidentAndLabel = (
  question: string,
): Syntax<{ readonly incident: string; readonly label?: Label }> => ({
  read(words) {
    const { name, rest } = nameIn(words, { begins: labelBegins });
    const incident = needed(question, name);
    const label = labelOf(textOf(rest));
    return { incident, ...(label !== "none" && { label }) };
  },
  print: ({ incident, label }) => [quoted(incident), label ?? "none"],
});

/** The index at which the longest label begins; the last word if none is one. */
function labelBegins(words: readonly Word[]): number {
  const found = words.findIndex((_, i) => i > 0 && labelNamed(textOf(words.slice(i))));
  return found > 0 ? found : Math.max(1, words.length - 1);
}

function labelOf(text: string): Label | "none" {
  const label = labelNamed(needed(`which label? ${LABELS.join(", ")} or none`, text));
  if (!label)
    throw new InputError(`"${shortened(text)}" is not a label. Choose ${LABELS.join(", ")} or none`);
  return label;
}
