import { beforeEach, expect, test } from "vitest";
import { notify } from "../../../src/pipeline/notify.ts";
import { anAppWatch, anIncident } from "../../builders.ts";
import { aRoom } from "../stage.ts";

let groupKey: ReturnType<typeof aRoom>;
/** All replies in threads. */
let replies: string[];
beforeEach(async () => {
  const { messenger, ...rest } = aRoom();
  replies = [];
  const post: typeof messenger.post = (channel, message, options) => {
    if (options.thread) replies.push(JSON.stringify(message.blocks));
    return messenger.post(channel, message, options);
  };
  groupKey = { ...rest, messenger: { ...messenger, post } };
  await groupKey.stands(0);
  await groupKey.heard();
});

async function joins(app: string) {
  const series = { workspace: "main", app, unit: "hour" } as const;
  await groupKey.watches.save(anAppWatch({ id: app, series, appName: app }));
  const id = `${app}.drop@2026-06-16T12`;
  await groupKey.incidents.save(anIncident({ id, watchId: app }));
  await groupKey.outbox.add(id, groupKey.groupKey);
}

/** Notifies until the worker dies, which happens when it records the notification of the first or a later incident. */
async function dies(nth = 1) {
  let left = nth;
  const save: typeof groupKey.incidents.save = async (incident) => {
    if (incident.lastNotified && incident.watchId !== "ios" && --left === 0) throw new Error("crash");
    return groupKey.incidents.save(incident);
  };
  const dying = { ...groupKey, incidents: { ...groupKey.incidents, save } };
  await expect(notify(groupKey.groupKey, dying)).rejects.toThrow("crash");
}

/** How often the thread names an app. */
const timesSaid = (app: string) => replies.filter((text) => text.includes(app)).length;

test("incidents that join while a crash loses the record of earlier ones are posted, and none twice", async () => {
  await joins("Web");
  await dies();
  await joins("Tv");
  await notify(groupKey.groupKey, groupKey);
  expect([timesSaid("Web"), timesSaid("Tv")]).toEqual([1, 1]);
  expect(await groupKey.outbox.all()).toEqual(new Map());
});

test("of two incidents that joined at once with one recorded before a crash, none is posted twice", async () => {
  await joins("Web");
  await joins("Tv");
  await dies(2);
  await notify(groupKey.groupKey, groupKey);
  expect([timesSaid("Web"), timesSaid("Tv")]).toEqual([1, 1]);
});
