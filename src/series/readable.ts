import { metricOf, metricTitle } from "../metrics/metrics.ts";
import { partsOf } from "./ratio.ts";
import { ID_PATTERN, isItemName, type SeriesRef, seriesId } from "./series.ts";

/** Why Braze cannot be asked for a series: the part of it that is wrong, and what to do. */
export interface Unreadable {
  readonly field: "item" | "per" | "app" | "segment" | "unit";
  readonly problem: string;
}

/** What keeps a series, or a part of a ratio, from being read by its metric's endpoint; undefined when nothing does. */
export function unreadable(series: Omit<SeriesRef, "workspace">): Unreadable | undefined {
  const parts = partsOf({ ...series, workspace: "" });
  if (!parts) return unreadableAlone(series);
  const [over, under] = parts;
  if (seriesId(over) === seriesId(under))
    return {
      field: "per",
      problem: `the ratio of ${metricTitle(over).toLowerCase()} and the same is always 1. Divide by something else`,
    };
  const found = unreadableAlone(under);
  return (
    unreadableAlone(over) ?? (found && { ...found, field: found.field === "item" ? "per" : found.field })
  );
}

function unreadableAlone(series: Omit<SeriesRef, "workspace">): Unreadable | undefined {
  const { title, item, hasApp, segment, units } = metricOf(series);
  if (series.item !== undefined && !item)
    return { field: "item", problem: `${title} cannot be counted by event or product. Leave it out` };
  if (item?.isRequired && series.item === undefined)
    return { field: "item", problem: `which ${item.noun}? Type ${item.parameter}:"NAME"` };
  if (series.item !== undefined && item?.isId && !ID_PATTERN.test(series.item))
    return { field: "item", problem: `"${series.item}" is not the API identifier of a ${item.noun}` };
  if (series.item !== undefined && !isItemName(series.item))
    return { field: "item", problem: `the name of a ${item?.noun} has 1 to 255 printable characters` };
  if (series.app !== undefined && !hasApp)
    return {
      field: "app",
      problem: `Braze has ${title.toLowerCase()} for all apps together only. Leave the app out`,
    };
  if (series.segment !== undefined && segment === "none")
    return {
      field: "segment",
      problem: `Braze has ${title.toLowerCase()} for all users only. Leave the segment out`,
    };
  if (series.segment === undefined && segment === "required")
    return { field: "segment", problem: 'which segment? Type segment:"NAME"' };
  if (!units.includes(series.unit))
    return {
      field: "unit",
      problem: `Braze has ${title.toLowerCase()} by the ${units[0]} only. Set unit:${units[0]}`,
    };
  return undefined;
}
