import type { Redis } from "ioredis";
import type { z } from "zod";
import { scopeName } from "../../../notifications/mute.ts";
import { seriesId } from "../../../series/series.ts";
import { type Changed, isSame } from "../../../settings/change.ts";
import { BY_DEFAULT } from "../../../settings/permissions.ts";
import { parseStored } from "../commands/damaged.ts";
import { type Keys, LIFE } from "../keys.ts";
import { permissionsSchema } from "./schemas.ts";
import { appField, settingHashes } from "./setting-hashes.ts";

/** Where one setting is stored. */
interface Place {
  readonly key: string;
  /** Its field, where the key holds a hash. */
  readonly field?: string;
  readonly schema: z.ZodType;
  /** The state when nothing is stored. @default absent */
  readonly unset?: unknown;
  /** What else is written with it; see the script of `change-store.ts`. */
  readonly also?: Pick<Step, "watch" | "series" | "excluding" | "life">;
}

/** The expected and the new state of one setting; an empty text stands for absent. */
export interface Step {
  readonly key: string;
  readonly field?: string;
  readonly before: string;
  readonly after: string;
  /** The watch to index under its series; without a series it leaves the index. */
  readonly watch?: string;
  readonly series?: string;
  /** The series that has an exclusion. */
  readonly excluding?: string;
  /** For how many seconds the key is kept from now on. */
  readonly life?: number;
}

/** Where the subject of a change is stored; undefined for a label, which its incidents carry. */
function placeOf(changed: Changed, keys: Keys): Place | undefined {
  const hashes = settingHashes(keys);
  switch (changed.kind) {
    case "watch": {
      const { watchId: watch, after } = changed;
      const also = { watch, ...(after && { series: seriesId(after.series) }) };
      return { ...hashes.watches, field: watch, also };
    }
    case "mute":
      return { ...hashes.mutes, field: scopeName(changed.scope) };
    case "event":
      return { ...hashes.events, field: changed.id };
    case "product-change":
      return { ...hashes.productChanges, field: changed.id };
    case "exclusion": {
      const { seriesId: series, id, after } = changed;
      const also = { life: LIFE.series, ...(after && { excluding: series }) };
      return { ...hashes.exclusions(series), field: id, also };
    }
    case "app":
      return { ...hashes.apps, field: appField(changed.workspace, changed.app) };
    case "route":
      return { ...hashes.routes, field: changed.id };
    case "permissions":
      return { key: keys.permissions(), schema: permissionsSchema, unset: BY_DEFAULT };
    case "label":
      return undefined;
  }
}

/** The writes for these changes; undefined if a setting is not as its `before` says. */
export async function stepsOf(
  changes: readonly { readonly changed: Changed }[],
  redis: Redis,
  keys: Keys,
): Promise<Step[] | undefined> {
  const steps = await Promise.all(
    changes.flatMap(({ changed }) => {
      const place = placeOf(changed, keys);
      return place ? [stepOf(changed, place, redis)] : [];
    }),
  );
  return steps.includes(undefined) ? undefined : (steps as Step[]);
}

async function stepOf({ before, after }: Changed, place: Place, redis: Redis): Promise<Step | undefined> {
  const { key, field, also } = place;
  const json = field === undefined ? await redis.get(key) : await redis.hget(key, field);
  if (!isAs(before, json, place)) return undefined;
  const step = { key, before: json ?? "", after: after ? JSON.stringify(after) : "", ...also };
  return field === undefined ? step : { ...step, field };
}

/** Whether the stored state is what a change found; if it found nothing, damaged data is replaced. */
function isAs(before: unknown, json: string | null, { key, field, schema, unset }: Place): boolean {
  if (json === null) return before === undefined || isSame(before, unset);
  if (before === undefined) return !schema.safeParse(jsonOf(json)).success;
  const where = field === undefined ? key : `${key} ${field}`;
  return isSame(parseStored(schema, json, where, "Delete it, and set it again."), before);
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
