import { z } from "zod";
import type { Item } from "../../metrics/metric.ts";
import { isItemName } from "../../series/series.ts";
import type { BrazeOptions, GetBraze } from "./connection.ts";
import { brazeConnection } from "./connection.ts";
import { readPages } from "./pages.ts";

/** The field of an answer that holds the names. */
const fields: Readonly<Record<Item["parameter"], string>> = { event: "events", product: "products" };

/** Lists the custom events or the products of a workspace by name, as Braze lists them. */
export function brazeItems(
  options: BrazeOptions,
  get: GetBraze = brazeConnection(options),
): (item: Item) => Promise<string[]> {
  return async ({ parameter, list }) => {
    const names = await readPages(get, list, fields[parameter], z.string(), (name) => name);
    return names.filter(isItemName);
  };
}
