import { beforeEach, expect, test } from "vitest";
import { notify } from "../../../src/pipeline/notify.ts";
import { anAppWatch, anIncident } from "../../support/builders.ts";
import { aStage } from "../stage.ts";

let stage: ReturnType<typeof aStage>;
/** All replies in threads. */
let replies: string[];
beforeEach(async () => {
  const { messenger, ...rest } = aStage();
  replies = [];
  const post: typeof messenger.post = (channel, message, options) => {
    if (options.thread) replies.push(JSON.stringify(message.blocks));
    return messenger.post(channel, message, options);
  };
  stage = { ...rest, messenger: { ...messenger, post } };
  await stage.stands(0);
  await stage.newPosts();
});

async function joins(app: string) {
  const series = { workspace: "main", app, unit: "hour" } as const;
  await stage.watches.save(anAppWatch({ id: app, series, appName: app }));
  const id = `${app}.drop@2026-06-16T12`;
  await stage.incidents.save(anIncident({ id, watchId: app }));
  await stage.outbox.add(id, stage.groupKey);
}

/** Notifies until the worker dies, which happens when it records the notification of the first or a later incident. */
async function dies(nth = 1) {
  let left = nth;
  const save: typeof stage.incidents.save = async (incident) => {
    if (incident.lastNotified && incident.watchId !== "ios" && --left === 0) throw new Error("crash");
    return stage.incidents.save(incident);
  };
  const dying = { ...stage, incidents: { ...stage.incidents, save } };
  await expect(notify(stage.groupKey, dying)).rejects.toThrow("crash");
}

/** How often the thread names an app. */
const timesPosted = (app: string) => replies.filter((text) => text.includes(app)).length;

test("incidents that join while a crash loses the record of earlier ones are posted, and none twice", async () => {
  await joins("Web");
  await dies();
  await joins("Tv");
  await notify(stage.groupKey, stage);
  expect([timesPosted("Web"), timesPosted("Tv")]).toEqual([1, 1]);
  expect(await stage.outbox.all()).toEqual(new Map());
});

test("of two incidents that joined at once with one recorded before a crash, none is posted twice", async () => {
  await joins("Web");
  await joins("Tv");
  await dies(2);
  await notify(stage.groupKey, stage);
  expect([timesPosted("Web"), timesPosted("Tv")]).toEqual([1, 1]);
});
