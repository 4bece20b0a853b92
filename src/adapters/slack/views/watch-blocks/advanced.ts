import type { AnyBlock } from "@slack/types";
import type { UserGroup } from "../../../../pipeline/ports/slack.ts";
import { advancedWords, watchForm as words } from "../../../../text/forms/watch.ts";
import { footer } from "../../blocks/blocks.ts";
import { actions, button } from "../../blocks/elements.ts";
import { emptyForm, type WatchForm } from "../watch-form.ts";
import { watchAction } from "./fields.ts";
import { appBlocks } from "./of-app.ts";
import { quietBlocks } from "./quiet.ts";
import { ruleBlocks } from "./rules.ts";
import { whoBlocks } from "./who.ts";

/** The button that shows or hides the second step; its value says which. */
export const ADVANCED = watchAction("advanced");
export const [SHOW, HIDE] = ["show", "hide"] as const;

/** The fields of the second step, by their labels. */
const LABELS = {
  direction: words.direction.label,
  minChange: words.minChange.label,
  minCount: words.minCount.label,
  criticalFrom: words.criticalFrom.label,
  owner: words.owner.name,
  ownerGroup: words.ownerGroup.name,
  runbook: words.runbook.label,
  quietFrom: words.quietFrom.label,
  quietTo: words.quietTo.label,
  quietDays: words.quietDays.label,
  quietCritical: words.quietCritical.label,
  zone: words.zone.label,
  country: words.country.label,
} as const satisfies Partial<Record<keyof WatchForm, string>>;

/** Whether a field stands in the second step. */
export const isAdvancedField = (field: string): field is keyof typeof LABELS => Object.hasOwn(LABELS, field);

/** An error of a field that is not shown, with the place where the field is. */
export const advancedError = (field: keyof typeof LABELS, error: string): string =>
  advancedWords.error(LABELS[field], error);

/** The second step: what most watches leave as it is. */
export const advancedBlocks = (
  form: WatchForm,
  isShown: boolean,
  groups: readonly UserGroup[] | undefined,
): AnyBlock[] =>
  isShown
    ? [
        toggle(advancedWords.hide, HIDE),
        ...ruleBlocks(form),
        { type: "divider" },
        ...whoBlocks(form, groups),
        ...quietBlocks(form),
        ...appBlocks(form),
      ]
    : [toggle(advancedWords.show, SHOW), footer([advancedWords.used(labelsOfUsed(form))])];

const toggle = (label: string, value: string): AnyBlock => ({
  ...actions([button(ADVANCED, label, value)]),
  block_id: `advanced/${value}`,
});

/** The labels of the settings that a new watch would not have. */
function labelsOfUsed(form: WatchForm): string[] {
  const usual = emptyForm(form.workspace);
  return Object.entries(LABELS).flatMap(([field, label]) => {
    const [value, otherwise] = [form, usual].map((one) => JSON.stringify(one[field as keyof WatchForm]));
    return value === otherwise ? [] : [label];
  });
}
