import type { AnyBlock } from "@slack/types";
import { watchForm as words } from "../../../../text/forms/watch.ts";
import { option, plain } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import type { WatchForm } from "../watch-form.ts";
import { watchAction } from "./fields.ts";

const WEEKDAYS = words.quietDays.options.map((name, day) => option(name, String(day)));

/** The quiet hours. */
export const quietBlocks = ({ quietFrom, quietTo, quietDays, quietCritical }: WatchForm): AnyBlock[] => {
  const days = WEEKDAYS.filter(({ value }) => quietDays.includes(value ?? ""));
  const critical = option(words.quietCritical.option, "yes");
  const clock = (field: "quietFrom" | "quietTo", time: string | undefined) =>
    ({
      type: "timepicker",
      action_id: watchAction(field),
      placeholder: plain(words[field].placeholder, 150),
      ...(time && { initial_time: time }),
    }) as const;
  return [
    input("quietFrom", words.quietFrom.label, clock("quietFrom", quietFrom), {
      hint: words.quietFrom.hint,
      optional: true,
    }),
    input("quietTo", words.quietTo.label, clock("quietTo", quietTo), { optional: true }),
    input(
      "quietDays",
      words.quietDays.label,
      {
        type: "checkboxes",
        action_id: watchAction("quietDays"),
        options: WEEKDAYS,
        ...(days.length > 0 && { initial_options: days }),
      },
      { hint: words.quietDays.hint, optional: true },
    ),
    input(
      "quietCritical",
      words.quietCritical.label,
      {
        type: "checkboxes",
        action_id: watchAction("quietCritical"),
        options: [critical],
        ...(quietCritical && { initial_options: [critical] }),
      },
      { optional: true },
    ),
  ];
};
