import { z } from "zod";
import type { Item } from "../../metrics/metric.ts";
import type { ListedItem } from "../../pipeline/ports/braze.ts";
import { ID_PATTERN, isItemName } from "../../series/series.ts";
import type { BrazeOptions, GetBraze } from "./connection.ts";
import { brazeConnection } from "./connection.ts";
import { readPages } from "./pages.ts";

/** What `/campaigns/list` and `/canvas/list` say of each; the other lists hold names alone. */
const withId = z.object({ id: z.string().regex(ID_PATTERN), name: z.string() });

/** Lists the custom events, products, campaigns or Canvases of a workspace, as Braze lists them: none that is archived. @param mostPages how many pages are read at most, left out: all */
export function brazeItems(
  options: BrazeOptions,
  get: GetBraze = brazeConnection(options),
  mostPages?: number,
): (item: Item) => Promise<ListedItem[]> {
  return async ({ isId, list, field }) => {
    if (!isId) {
      const names = await readPages(get, list, field, z.string(), (name) => name, mostPages);
      return names.filter(isItemName).map((name) => ({ id: name, name }));
    }
    const listed = await readPages(get, list, field, withId, ({ id }) => id, mostPages);
    return listed.map(({ id, name }) => ({ id, name: isItemName(name) ? name : id }));
  };
}
