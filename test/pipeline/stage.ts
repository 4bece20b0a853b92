import { slackRenderer } from "../../src/adapters/slack/messages/render.ts";
import { groupKeyOf } from "../../src/incidents/alert-group.ts";
import { type AlertLimits, defaultAlertLimits } from "../../src/notifications/alert-limit.ts";
import { defaultReminding } from "../../src/notifications/reminder.ts";
import { neighboursOf } from "../../src/pipeline/collecting/neighbours.ts";
import { notify } from "../../src/pipeline/notify.ts";
import type { Messenger } from "../../src/pipeline/ports/messages.ts";
import type { Watch } from "../../src/settings/watch.ts";
import { HOUR, type Hour, type Instant } from "../../src/time/time.ts";
import { anAppWatch, anIncident, noon } from "../support/builders.ts";
import { aContext } from "../support/context.ts";

/** A message that was posted, as `root`, `reply` or `broadcast`, or edited. */
export interface StagePost {
  readonly how: "root" | "reply" | "broadcast" | "edit";
  readonly text: string;
  readonly footer: string;
}

/** One group key over stores, with a movable clock and a Slack that records its messages. */
export function aStage(over: Partial<Watch> = {}, alertLimits: AlertLimits = defaultAlertLimits) {
  const watch = anAppWatch({ id: "ios", ...over });
  let now: Instant = noon + 1.25 * HOUR;
  const posted: StagePost[] = [];
  const everything: StagePost[] = [];
  const note = (one: StagePost) => {
    posted.push(one);
    everything.push(one);
  };
  let lost = 0;
  const footerOf = (blocks: readonly Readonly<Record<string, unknown>>[]) =>
    JSON.stringify(blocks.find(({ type }) => type === "context") ?? "");
  const messenger: Messenger = {
    async post(channel, { text, blocks }, { thread, broadcast }) {
      const how = thread ? (broadcast ? "broadcast" : "reply") : "root";
      note({ how, text, footer: footerOf(blocks) });
      return { channel, ts: `${everything.length}.000000` };
    },
    async update({ ts }, { text, blocks }) {
      note({ how: "edit", text, footer: footerOf(blocks) });
      return Number(ts) > lost;
    },
    find: async () => undefined,
  };
  const stores = aContext();
  const context = {
    ...stores,
    messenger,
    renderer: slackRenderer("UTC"),
    alertLimits,
    attachChart: async <T>(message: T) => message,
    discard: () => {},
    whenUnsure: "twice" as const,
    editEvery: 0,
    reminding: defaultReminding,
    wallClock: () => now,
    clock: () => now,
    profiles: async () => () => ({ unit: "hour" as const, zone: "UTC" }),
    workspaces: [],
    neighbours: neighboursOf(stores.watches, () => now),
  };
  const id = "ios.drop@2026-06-16T12";
  const groupKey = groupKeyOf(watch, anIncident());
  return {
    ...context,
    watch,
    groupKey,
    id,
    /** A quarter past an hour so many hours after noon, when the hour before is evaluated. */
    passTo(hours: number) {
      now = noon + (hours + 0.25) * HOUR;
    },
    /** How the incident stands from now on: its newest hour is so many after noon. */
    async stands(hours: number, change: Parameters<typeof anIncident>[0] = {}) {
      await stores.watches.save(watch);
      const before = (await stores.incidents.byId(id)) ?? anIncident({ id, watchId: "ios" });
      const lastBucket: Hour = noon + hours * HOUR;
      await stores.incidents.save({ ...before, lastBucket, lastAnomalousBucket: lastBucket, ...change });
      await stores.outbox.add(id, groupKey);
    },
    /** Somebody deletes all messages there are. */
    deleteAll() {
      lost = everything.length;
    },
    /** All messages so far. */
    everything: () => everything,
    /** The messages of a notification that is sent now. */
    async newPosts(): Promise<StagePost[]> {
      posted.length = 0;
      await notify(groupKey, context);
      return [...posted];
    },
  };
}
