import type { ModalView } from "@slack/types";
import type { Incident } from "../../../core/incident.ts";
import type { Label } from "../../../core/label.ts";
import type { Watch } from "../../../core/watch.ts";
import { footer, section } from "../blocks.ts";
import { option, plain } from "../elements.ts";
import { titleOf, wordsFor } from "../facts.ts";
import { labels, labelWords } from "../label-words.ts";
import { localWhen } from "../when.ts";
import { choiceIn, type FormValues, input } from "./form.ts";

export const LABEL_MODAL = "label.modal";

/** The form in which a person says what an incident was, and reads what that changes. */
export function labelModal({ incident, watch }: { incident: Incident; watch: Watch }): ModalView {
  const options = labels.map((label) => option(labelWords[label].name, label, labelWords[label].says));
  const chosen = options.find(({ value }) => value === incident.labelled?.label);
  const { arrow, Noun } = wordsFor({ incident });
  const since = localWhen(incident.openedAt, watch.series.unit);
  return {
    type: "modal",
    callback_id: LABEL_MODAL,
    private_metadata: incident.id,
    title: plain("What was it?", 24),
    submit: plain("Label", 24),
    close: plain("Cancel", 24),
    blocks: [
      section(`${arrow} ${Noun} of *${titleOf({ watch }, 80)}*, since ${since}`),
      input("label", "It was", {
        type: "radio_buttons",
        action_id: "label.choice",
        options,
        ...(chosen && { initial_option: chosen }),
      }),
      section(
        `*What it changes*\n${labels.map((label) => `• *${labelWords[label].name}*: ${labelWords[label].changes}`).join("\n")}`,
      ),
      footer(["A label can be changed, and undone, at any time"]),
    ],
  };
}

/** The label that was chosen, or what is wrong, by field. */
export function labelAnswer(
  values: FormValues,
): { readonly label: Label } | { readonly errors: Readonly<Record<string, string>> } {
  const label = labels.find((one) => one === choiceIn(values, "label"));
  return label ? { label } : { errors: { label: "Choose what it was." } };
}
