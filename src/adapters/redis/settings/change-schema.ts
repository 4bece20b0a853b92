import { z } from "zod";
import type { Change } from "../../../settings/change.ts";
import { instant, text } from "../commands/fields.ts";
import { labelling } from "../incidents/schemas.ts";
import {
  appSchema,
  eventSchema,
  exclusionSchema,
  muteSchema,
  muteScope,
  permissionsSchema,
  productChangeSchema,
  routeSchema,
  watchSchema,
} from "./schemas.ts";

const step = <Thing>(thing: z.ZodType<Thing>) => ({
  before: thing.exactOptional(),
  after: thing.exactOptional(),
});

const changed = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("watch"), watchId: text, ...step(watchSchema) }),
  z.object({ kind: z.literal("mute"), scope: muteScope, ...step(muteSchema) }),
  z.object({ kind: z.literal("label"), incidentId: text, ...step(labelling) }),
  z.object({ kind: z.literal("exclusion"), seriesId: text, id: text, ...step(exclusionSchema) }),
  z.object({ kind: z.literal("event"), id: text, ...step(eventSchema) }),
  z.object({ kind: z.literal("product-change"), id: text, ...step(productChangeSchema) }),
  z.object({ kind: z.literal("app"), workspace: text, app: text, ...step(appSchema) }),
  z.object({ kind: z.literal("route"), id: text, ...step(routeSchema) }),
  z.object({ kind: z.literal("permissions"), ...step(permissionsSchema) }),
]);

/** A change as it is stored; who undid it stands elsewhere. */
export const changeSchema = z.object({
  id: text,
  at: instant,
  by: text,
  changed,
  batch: text.exactOptional(),
}) as unknown as z.ZodType<Omit<Change, "undone">>;

/** Who undid a change, as it is stored. */
export const undoneSchema: z.ZodType<NonNullable<Change["undone"]>> = z.object({ by: text, at: instant });
