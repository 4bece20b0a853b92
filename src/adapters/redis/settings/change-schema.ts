import { z } from "zod";
import type { Labelling } from "../../../incidents/label.ts";
import type { Change } from "../../../settings/change.ts";
import type { Access } from "../../../settings/permissions.ts";
import {
  appSchema,
  eventSchema,
  exclusionSchema,
  instant,
  muteSchema,
  muteScope,
  watchSchema,
} from "../schemas.ts";

const text = z.string().min(1);

/** The permissions as they are stored. */
export const accessSchema: z.ZodType<Access> = z.discriminatedUnion("who", [
  z.object({ who: z.enum(["everyone", "members", "admins"]) }),
  z.object({ who: z.literal("group"), group: text }),
]) as z.ZodType<Access>;

const labelling: z.ZodType<Labelling> = z.object({
  label: z.enum(["real", "expected", "false-alarm", "new-normal"]),
  by: text,
  at: instant,
});

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
  z.object({ kind: z.literal("app"), workspace: text, app: text, ...step(appSchema) }),
  z.object({ kind: z.literal("access"), ...step(accessSchema) }),
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
