import { InputError } from "../../errors.ts";
import { type Change, type Changed, changesNothing, entriesFor } from "../../settings/change.ts";
import type { Context } from "../context.ts";
import type { Undoing } from "../ports/settings.ts";

/** Computes changes from the present state; throws if they cannot be made. */
export type Plan<Kind extends Changed> = () => Promise<readonly Kind[]>;

/** The planned changes and their entries, without those that change nothing. */
export interface Planned<Kind extends Changed> {
  readonly changed: readonly Kind[];
  readonly entries: readonly Change[];
}

/** No person changes the same thing this often while another tries. */
const MOST_TRIES = 20;

/**
 * Writes planned changes and their entries in the change log in one step. Plans again when another writer came between,
 * so that no write is lost.
 */
export async function record<Kind extends Changed>(
  plan: Plan<Kind>,
  by: string,
  { changes, clock }: Pick<Context, "changes" | "clock">,
  undoing?: Undoing,
): Promise<Planned<Kind>> {
  for (let tries = 0; tries < MOST_TRIES; tries++) {
    const changed = await plan();
    const news = changed.filter((one) => !changesNothing(one));
    if (news.length === 0) return { changed, entries: [] };
    // Two changes of one thing within a millisecond, or while a clock stands still, need different ids.
    for (let at = clock(); ; at++) {
      const entries = entriesFor(news, by, at);
      const outcome = await changes.record(entries, undoing);
      if (outcome === "recorded") return { changed, entries };
      if (outcome === "undone-before") throw new InputError("this change was undone a moment ago");
      if (outcome === "overtaken") break;
    }
  }
  throw new InputError("somebody else is changing the same setting, so nothing was changed. Try again");
}
