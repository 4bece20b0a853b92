import type { AnyBlock } from "@slack/types";
import { watchForm as words } from "../../../../text/forms/watch.ts";
import { option, select } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import type { WatchForm } from "../watch-form.ts";
import { number, watchAction } from "./fields.ts";

/** What is worth an alert: the direction, and how large a change has to be. */
export const ruleBlocks = ({ direction, minChange, minCount, criticalFrom }: WatchForm): AnyBlock[] => [
  input(
    "direction",
    words.direction.label,
    select(watchAction("direction"), words.choose, DIRECTIONS, direction),
    {
      dispatch: true,
    },
  ),
  input("minChange", words.minChange.label, number("minChange", minChange, "0", "100"), {
    hint: words.minChange.hint,
    optional: true,
    dispatch: true,
  }),
  input("minCount", words.minCount.label, number("minCount", minCount, "0"), {
    hint: words.minCount.hint,
    optional: true,
    dispatch: true,
  }),
  input("criticalFrom", words.criticalFrom.label, number("criticalFrom", criticalFrom, "0"), {
    hint: words.criticalFrom.hint,
    optional: true,
    dispatch: true,
  }),
];

const DIRECTIONS = Object.entries(words.direction.options).map(([value, name]) => option(name, value));
