import { InputError } from "../../errors.ts";
import type { EventScope } from "../../series/planned-events.ts";
import type { ProductChange } from "../../series/product-changes.ts";
import type { Changed } from "../../settings/change.ts";
import { isAddress, KEPT, KEPT_DAYS, LONGEST_ADDRESS, LONGEST_NAME } from "../../settings/limits.ts";
import { DAY, type Instant } from "../../time/time.ts";
import { commit, type Made } from "../changes/change.ts";
import type { Context } from "../context.ts";

/** A product change that was recorded or removed. */
export type ProductChangeChanged = Extract<Changed, { kind: "product-change" }>;

/** A request to record a product change. */
export interface ProductChangeRequest {
  readonly id: string;
  readonly name: string;
  readonly time: Instant;
  readonly scope: EventScope;
  readonly link?: string;
  readonly by: string;
}

/** How many product changes are kept; the oldest go first. */
const MOST = 1_000;

/**
 * Records a product change, and forgets those that are too old. The first request with an id counts, so that a repeated
 * one changes nothing. Throws InputError for one that cannot be recorded.
 */
export async function recordProductChange(
  request: ProductChangeRequest,
  context: Context,
): Promise<Made<ProductChangeChanged>> {
  const { id, time, scope, link, by } = request;
  const name = request.name.trim();
  const now = context.clock();
  if (name === "" || name.length > LONGEST_NAME)
    throw new InputError(`a product change must have a name of at most ${LONGEST_NAME} characters`, {
      field: "name",
    });
  if (time < now - KEPT)
    throw new InputError(`"${name}" is too long ago. Product changes are kept for ${KEPT_DAYS} days`, {
      field: "time",
    });
  if (time > now + DAY)
    throw new InputError(`"${name}" is in the future. Record a product change when it takes effect`, {
      field: "time",
    });
  if (link !== undefined && !isAddress(link))
    throw new InputError(
      `the link must be an address that starts with https://, of at most ${LONGEST_ADDRESS} characters`,
      { field: "link" },
    );
  if (scope.app !== undefined && !(await isKnown(scope, context)))
    throw new InputError(`unknown app "${scope.app}". Name an app that is watched, or leave it out`, {
      field: "app",
    });
  const plan = async (): Promise<ProductChangeChanged> => {
    const before = (await context.productChanges.all()).find((change) => change.id === id);
    const after = before ?? { id, name, time, scope, ...(link !== undefined && { link }), by, at: now };
    return { kind: "product-change", id, ...(before && { before }), after };
  };
  const made = await commit(plan, by, context);
  await forgetOld(context);
  return made;
}

/** Whether somebody named the app, or watches it: an incident elsewhere would never name the change. */
async function isKnown(
  { workspace, app }: EventScope,
  { apps, watches }: Pick<Context, "apps" | "watches">,
): Promise<boolean> {
  const watched = (await watches.all()).map(({ series }) => series);
  return [...(await apps.all()), ...watched].some(
    (one) => one.app === app && (workspace === undefined || one.workspace === workspace),
  );
}

async function forgetOld({
  productChanges,
  clock,
}: Pick<Context, "productChanges" | "clock">): Promise<void> {
  const all = await productChanges.all();
  const isOld = ({ time }: ProductChange, i: number) => time < clock() - KEPT || i < all.length - MOST;
  await productChanges.forget(all.filter(isOld).map(({ id }) => id));
}

/** Removes a product change. Throws InputError when it does not exist. */
export const removeProductChange = (
  id: string,
  by: string,
  context: Context,
): Promise<Made<ProductChangeChanged>> =>
  commit(
    async () => {
      const before = (await context.productChanges.all()).find((change) => change.id === id);
      if (!before)
        throw new InputError(`there is no product change "${id}". /tidewatch change list shows their ids`);
      return { kind: "product-change", id, before };
    },
    by,
    context,
  );
