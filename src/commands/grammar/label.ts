import { InputError } from "../../errors.ts";
import type { Label } from "../../incidents/label.ts";
import { shortened } from "./shortened.ts";
import { needed, type Syntax, textOf } from "./syntax.ts";
import { quoted } from "./words.ts";

const LABELS: readonly Label[] = ["real", "expected", "false-alarm", "new-normal"];

/** An incident's id and a label; without a label, the current one is removed. */
export const incidentAndLabel = (
  question: string,
): Syntax<{ readonly incident: string; readonly label?: Label }> => ({
  read([incident, ...rest]) {
    return { incident: needed(question, incident?.text), ...labelOf(textOf(rest)) };
  },
  print: ({ incident, label }) => [quoted(incident), label ?? "none"],
});

function labelOf(text: string): { label?: Label } {
  const word = needed(`which label? ${LABELS.join(", ")} or none`, text).toLowerCase();
  if (word === "none") return {};
  const label = LABELS.find((known) => known === word.replaceAll(" ", "-"));
  if (!label)
    throw new InputError(`"${shortened(text)}" is not a label. Choose ${LABELS.join(", ")} or none`);
  return { label };
}
