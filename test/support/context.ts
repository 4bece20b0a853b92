import { slackRenderer } from "../../src/adapters/slack/messages/render.ts";
import { defaultAlertLimits } from "../../src/notifications/alert-limit.ts";
import { defaultReminding } from "../../src/notifications/reminder.ts";
import type { Context } from "../../src/pipeline/context.ts";
import type { Stores } from "../../src/pipeline/ports/stores.ts";
import { defaultReviewTime } from "../../src/reports/review-due.ts";
import { defaultTiming } from "../../src/series/due.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { freshStores } from "./stores.ts";

/** Everything that the pipeline takes from outside: stores, empty ones unless given, and neighbours that a test must not ask. */
export const aContext = (stores: Stores = freshStores()): Context => ({
  ...stores,
  clock: Date.now,
  wallClock: Date.now,
  timing: defaultTiming,
  workspaces: [],
  profiles: async () => () => ({ unit: "hour", zone: "UTC" }),
  isHoliday: () => false,
  source: { points: unexpected },
  neighbours: unexpected,
  past: unexpected,
  messenger: { post: unexpected, update: unexpected, find: unexpected },
  permalinks: async () => undefined,
  people: { person: unexpected, isInChannel: unexpected, isInGroup: unexpected, groups: unexpected },
  whenUnsure: "twice",
  editEvery: 0,
  renderer: slackRenderer("UTC"),
  destinations: [],
  configuredRoutes: [],
  fallback: { after: 15 * MINUTE, destinations: [] },
  attachChart: async (message) => message,
  draw: async () => [],
  discard: () => {},
  alertLimits: defaultAlertLimits,
  reminding: defaultReminding,
  reviewing: { ...defaultReviewTime, zone: "UTC" },
  ops: { dailyStatusAt: 9 * HOUR, zone: "UTC" },
});

const unexpected = (): never => {
  throw new Error("this test asks nobody outside");
};
