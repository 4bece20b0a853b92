import type { InputBlock } from "@slack/types";
import type { Item } from "../../../../metrics/metric.ts";
import { watchForm as words } from "../../../../text/forms/watch.ts";
import { LONGEST_VALUE, option, plain } from "../../blocks/elements.ts";
import { lengthOf } from "../../blocks/names.ts";
import { input } from "../form.ts";
import { watchAction } from "./fields.ts";

/** A custom event, product, campaign or Canvas, from a list that is searched as one types. @param called its name, where what is chosen is an id */
export function itemBlock(
  field: "item" | "perItem",
  item: Item,
  {
    workspace,
    chosen,
    called = chosen,
  }: { readonly workspace: string; readonly chosen?: string; readonly called?: string },
): InputBlock {
  const isShown = chosen !== undefined && lengthOf(chosen) <= LONGEST_VALUE;
  return input(
    field,
    words.item.label(item),
    {
      type: "external_select",
      action_id: watchAction(field),
      placeholder: plain(called ?? words.item.placeholder(item), 150),
      min_query_length: 0,
      ...(isShown && { initial_option: option(called ?? chosen, chosen) }),
    },
    {
      hint: words.item.hint,
      optional: !item.isRequired,
      dispatch: true,
      of: `${workspace}.${item.parameter}`,
    },
  );
}
