import { z } from "zod";
import { metricNames } from "../../../metrics/metrics.ts";
import type { Mute, MuteScope } from "../../../notifications/mute.ts";
import type { Route } from "../../../notifications/route.ts";
import type { App } from "../../../series/app.ts";
import type { Exclusion } from "../../../series/excluded-hours.ts";
import type { PlannedEvent } from "../../../series/planned-events.ts";
import type { ProductChange } from "../../../series/product-changes.ts";
import { isAddress } from "../../../settings/limits.ts";
import type { Permissions } from "../../../settings/permissions.ts";
import type { Watch } from "../../../settings/watch.ts";
import { canonicalPlace } from "../../../time/holidays.ts";
import { canonicalZone } from "../../../time/zone.ts";
import { instant, ownId, text } from "../commands/fields.ts";

/** What is counted, as it is stored. */
export const counted = { metric: z.enum(metricNames).exactOptional(), item: text.exactOptional() };

/** A watch as it is stored. */
export const watchSchema: z.ZodType<Watch> = z.object({
  id: ownId,
  series: z.object({
    workspace: text,
    ...counted,
    per: z.object(counted).exactOptional(),
    app: text.exactOptional(),
    segment: text.exactOptional(),
    unit: z.enum(["hour", "day"]),
  }),
  appName: text,
  itemName: text.exactOptional(),
  segmentName: text.exactOptional(),
  channel: text,
  createdAt: instant,
  direction: z.enum(["drop", "spike", "both"]),
  sensitivity: z.union([
    z.enum(["low", "normal", "high"]),
    z.object({ alertsPerMonth: z.number().positive() }),
  ]),
  minRelativeChange: z.number(),
  minAbsoluteChange: z.number().exactOptional(),
  minCriticalChange: z.number().exactOptional(),
  quiet: z
    .object({
      from: z.number(),
      to: z.number(),
      days: z.array(z.number().int()).exactOptional(),
      critical: z.boolean(),
    })
    .exactOptional(),
  owner: text.exactOptional(),
  runbook: text.exactOptional(),
  thresholdAdjustment: z.number().exactOptional(),
});

/** The canonical name; an unknown name stays, so that a later check refuses it. */
const known = (canonical: (name: string) => string | undefined) =>
  text.transform((name) => canonical(name) ?? name);

/** An app as it is stored. */
export const appSchema: z.ZodType<App> = z.object({
  workspace: text,
  app: text,
  name: text,
  zone: known(canonicalZone).exactOptional(),
  country: known(canonicalPlace).exactOptional(),
});

/** The scope of a mute as it is stored. */
export const muteScope: z.ZodType<MuteScope> = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("watch"), watch: text }),
  z.object({ kind: z.literal("app"), workspace: text, app: text }),
  z.object({ kind: z.literal("channel"), channel: text }),
]);

/** A mute as it is stored. */
export const muteSchema: z.ZodType<Mute> = z.object({
  scope: muteScope,
  by: text,
  at: instant,
  until: z.union([instant, z.literal("recovery")]),
  incidents: z.array(text),
});

/** What an event or a product change affects, as it is stored. */
const scope = z.object({ workspace: text.exactOptional(), app: text.exactOptional() });

/** A planned event as it is stored. */
export const eventSchema: z.ZodType<PlannedEvent> = z.object({
  id: text,
  name: text,
  from: instant,
  to: instant,
  scope,
  by: text,
  at: instant,
});

/** A product change as it is stored. */
export const productChangeSchema: z.ZodType<ProductChange> = z.object({
  id: text,
  name: text,
  time: instant,
  scope,
  link: text.refine(isAddress, "must be an address that starts with https://").exactOptional(),
  by: text,
  at: instant,
});

/** An exclusion as it is stored. */
export const exclusionSchema: z.ZodType<Exclusion> = z.object({
  id: text,
  seriesId: text,
  from: instant,
  to: instant,
  because: z.enum(["hand", "label", "new-level"]),
  by: text,
  at: instant,
});

/** A route as it is stored. */
export const routeSchema: z.ZodType<Route> = z.object({
  id: text,
  scope: muteScope.exactOptional(),
  severity: z.enum(["warning", "critical"]),
  destination: text,
  unacknowledgedFor: z.number().positive().exactOptional(),
  quiet: z
    .object({ from: z.number(), to: z.number(), days: z.array(z.number().int()).exactOptional() })
    .exactOptional(),
  by: text,
  at: instant,
});

/** The permissions as they are stored. */
export const permissionsSchema: z.ZodType<Permissions> = z.discriminatedUnion("who", [
  z.object({ who: z.enum(["everyone", "members", "admins"]) }),
  z.object({ who: z.literal("group"), group: text }),
]) as z.ZodType<Permissions>;
