import type { AnyBlock } from "@slack/types";
import { option, plain } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import type { WatchForm } from "../watch-form.ts";
import { watchAction } from "./fields.ts";

const WEEKDAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"].map(
  (name, day) => option(name, String(day)),
);

/** The quiet hours. */
export const quietBlocks = ({ quietFrom, quietTo, quietDays, quietCritical }: WatchForm): AnyBlock[] => {
  const days = WEEKDAYS.filter(({ value }) => quietDays.includes(value ?? ""));
  const critical = option("Also hold back critical alerts", "yes");
  const clock = (field: string, time: string | undefined) =>
    ({
      type: "timepicker",
      action_id: watchAction(field),
      placeholder: plain("Never", 150),
      ...(time && { initial_time: time }),
    }) as const;
  return [
    input("quietFrom", "Quiet hours from", clock("quietFrom", quietFrom), {
      hint: "In the app's time zone. Warnings are posted when quiet hours end",
      optional: true,
    }),
    input("quietTo", "Quiet hours to", clock("quietTo", quietTo), { optional: true }),
    input(
      "quietDays",
      "Quiet hours start on",
      {
        type: "checkboxes",
        action_id: watchAction("quietDays"),
        options: WEEKDAYS,
        ...(days.length > 0 && { initial_options: days }),
      },
      { hint: "Nothing selected: every day", optional: true },
    ),
    input(
      "quietCritical",
      "In quiet hours",
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
