import type { z } from "zod";
import type { Endpoint } from "../../metrics/endpoints.ts";
import { listOf } from "./answers/answer.ts";
import type { GetBraze } from "./connection.ts";

/** A workspace has thousands of anything at most; a longer list is not from Braze. */
const MOST_PAGES = 100;

/** Reads a list of Braze page by page until one is empty or has nothing new. @param most how many pages at most */
export async function readPages<Item>(
  get: GetBraze,
  endpoint: Endpoint,
  name: string,
  item: z.ZodType<Item>,
  idOf: (item: Item) => string,
  most = MOST_PAGES,
): Promise<Item[]> {
  const all = new Map<string, Item>();
  for (let page = 0; page < most; page++) {
    const listed = listOf(await get(endpoint, { page: String(page) }), name, item);
    const before = all.size;
    // What is created meanwhile moves the others on to the next page.
    for (const one of listed) all.set(idOf(one), one);
    // A server that ignores the page would repeat the first one for ever.
    if (listed.length === 0 || all.size === before) break;
  }
  return [...all.values()];
}
