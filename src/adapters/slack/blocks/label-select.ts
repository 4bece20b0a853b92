import type { PlainTextOption, StaticSelect } from "@slack/types";
import type { Incident } from "../../../incidents/incident.ts";
import { labels, labelWords } from "../../../text/labels.ts";
import { choiceOf, INCIDENT } from "./action-ids.ts";
import { option, select } from "./elements.ts";

/** The menu with the labels that an incident can get. */
export const labelSelect = (
  { id, labelled }: Pick<Incident, "id" | "labelled">,
  placeholder: string,
): StaticSelect =>
  select(
    INCIDENT.label,
    placeholder,
    labels.map((label): PlainTextOption => {
      const { name, meaning } = labelWords[label];
      return option(name, choiceOf(label, id), meaning);
    }),
    labelled && choiceOf(labelled.label, id),
  );
