import type { AnyBlock } from "@slack/types";
import { denominatorsOf } from "../../../../metrics/denominators.ts";
import { brazeMetricOf, metricNameOf, metrics } from "../../../../metrics/metrics.ts";
import { watchForm as words } from "../../../../text/forms/watch.ts";
import { option, select } from "../../blocks/elements.ts";
import { input } from "../form.ts";
import type { WatchForm } from "../watch-form.ts";
import { watchAction } from "./fields.ts";
import { itemBlock } from "./item.ts";

/** The value of the option that divides by nothing. No metric is called that. */
const NOTHING = "*nothing";

/** What the number is divided by, if anything: the other part of a ratio. */
export function ratioBlocks(form: WatchForm): AnyBlock[] {
  const { workspace, per } = form;
  const metric = metricNameOf(form);
  const chosen = per ? metricNameOf(per) : NOTHING;
  const { item } = per ? brazeMetricOf(per) : {};
  const options = [
    option(words.per.nothing, NOTHING),
    ...denominatorsOf(metric).map((name) => option(words.metric.of(metrics[name]), name)),
  ];
  return [
    input("per", words.per.label, select(watchAction("per"), words.choose, options, chosen), {
      hint: words.per.hint,
      dispatch: true,
      of: metric,
    }),
    ...(item
      ? [itemBlock("perItem", item, { workspace, ...(per?.item !== undefined && { chosen: per.item }) })]
      : []),
  ];
}
