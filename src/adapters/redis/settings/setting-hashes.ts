import type { Keys } from "../keys.ts";
import {
  appSchema,
  eventSchema,
  exclusionSchema,
  muteSchema,
  productChangeSchema,
  routeSchema,
  watchSchema,
} from "./schemas.ts";

/** The hashes that hold what people set up. */
export const settingHashes = (keys: Keys) => ({
  watches: {
    key: keys.watches(),
    schema: watchSchema,
    remedy: "Remove the watch, and add it again",
    isStrict: true,
  },
  mutes: { key: keys.mutes(), schema: muteSchema, remedy: "Forget this mute" },
  events: { key: keys.events(), schema: eventSchema, remedy: "Forget this event" },
  productChanges: {
    key: keys.productChanges(),
    schema: productChangeSchema,
    remedy: "Forget this product change",
  },
  routes: { key: keys.routes(), schema: routeSchema, remedy: "Forget this route" },
  apps: { key: keys.apps(), schema: appSchema, remedy: "Forget the app's name, and give it again" },
  exclusions: (seriesId: string) => ({
    key: keys.exclusions(seriesId),
    schema: exclusionSchema,
    remedy: "Forget this exclusion",
  }),
});

/** The name of an app in its hash. */
export const appField = (workspace: string, app: string): string => `${workspace}.${app}`;
