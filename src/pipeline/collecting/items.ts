import type { Item } from "../../metrics/metric.ts";
import { DAY } from "../../time/time.ts";
import type { Context } from "../context.ts";
import type { ItemList, ListedItem } from "../ports/braze.ts";
import { freshList } from "./fresh-list.ts";

export type ItemsOptions = Pick<Context, "itemCache" | "clock"> & {
  /** Reads the whole list from Braze. */
  readonly listItems: (workspace: string, item: Item) => Promise<ListedItem[]>;
};

/** The names are read page by page, out of a pool of a thousand requests an hour. */
const FRESH_FOR = DAY;

/** Lists custom events, products, campaigns and Canvases from a cache of a day. */
export function knownItems({ listItems, itemCache, clock }: ItemsOptions): ItemList {
  const list = freshList({
    read: ({ workspace, item }: { readonly workspace: string; readonly item: Item }) =>
      listItems(workspace, item),
    known: ({ workspace, item }) => itemCache.of(workspace, item.parameter),
    keep: ({ workspace, item }, kept) => itemCache.save(workspace, item.parameter, kept),
    nameOf: ({ workspace, item }) => `${workspace}.${item.parameter}`,
    freshFor: FRESH_FOR,
    clock,
  });
  return (workspace, item, atMost) => list({ workspace, item }, atMost);
}
