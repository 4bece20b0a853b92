import { beforeEach, expect, test } from "vitest";
import { acknowledge, unacknowledge } from "../../../src/pipeline/actions/acknowledge.ts";
import { tick } from "../../../src/pipeline/tick.ts";
import { defaultTiming } from "../../../src/series/due.ts";
import { HOUR } from "../../../src/time/time.ts";
import { anIncident, noon } from "../../support/builders.ts";
import { aStage } from "../stage.ts";

let stage: ReturnType<typeof aStage>;
beforeEach(async () => {
  stage = aStage();
  await stage.stands(0, { severity: "critical" });
  await stage.newPosts();
});

/** Whether a tick at this time would queue the group key. */
const isDue = async () => (await tick({ ...stage, timing: defaultTiming })).notify.includes(stage.groupKey);

test("a critical incident without an acknowledgement is reminded of every four hours, in the channel too, three times", async () => {
  const newPostsAt: string[] = [];
  for (let hours = 1; hours <= 30; hours++) {
    stage.passTo(hours + 0.1);
    await stage.stands(hours);
    const expected = await stage.newPosts();
    const reminder = expected.find(({ how, text }) => how === "broadcast" && /not acknowledged/.test(text));
    if (reminder) newPostsAt.push(/last reminder/.test(reminder.text) ? `${hours} at last` : `${hours}`);
  }
  expect(newPostsAt).toEqual(["5", "9", "13 at last"]);
});

test("a reminder does not need a new hour", async () => {
  stage.passTo(4.9);
  expect(await isDue()).toBe(false);
  stage.passTo(5);
  expect(await isDue()).toBe(true);
  expect((await stage.newPosts()).map(({ how }) => how)).toEqual(["edit", "broadcast"]);
  expect(await isDue()).toBe(false);
});

test("an acknowledgement is shown below the message with its author and time, and stops the reminders", async () => {
  stage.passTo(2);
  expect(await acknowledge(stage.id, "ada", stage)).toEqual({ by: "ada", at: noon + 2.25 * HOUR });
  const [edit, ...more] = await stage.newPosts();
  expect(more).toEqual([]);
  expect(edit?.how).toBe("edit");
  expect(edit?.footer).toMatch(/Acknowledged by ada, .*Tue 16 Jun 14:15 UTC/);
  stage.passTo(50);
  expect(await isDue()).toBe(false);
});

test("the first acknowledgement counts", async () => {
  await acknowledge(stage.id, "ada", stage);
  expect(await acknowledge(stage.id, "bob", stage)).toMatchObject({ by: "ada" });
});

test("an acknowledgement covers all incidents of its message", async () => {
  const other = "ios.drop@2026-06-16T13";
  await stage.incidents.save(anIncident({ id: other, watchId: "ios", openedAt: noon + HOUR }));
  await stage.outbox.add(other, stage.groupKey);
  await stage.newPosts();
  await acknowledge(stage.id, "ada", stage);
  expect((await stage.incidents.byId(other))?.acknowledged).toMatchObject({ by: "ada" });
});

test("open incidents are acknowledged even where the message's first incident is resolved", async () => {
  const other = "ios.drop@2026-06-16T13";
  await stage.incidents.save(anIncident({ id: other, watchId: "ios", openedAt: noon + HOUR }));
  await stage.outbox.add(other, stage.groupKey);
  await stage.newPosts();
  await stage.stands(2, { resolvedAt: noon + 2 * HOUR });
  expect(await acknowledge(stage.id, "ada", stage)).toMatchObject({ by: "ada" });
  expect((await stage.incidents.byId(other))?.acknowledged).toMatchObject({ by: "ada" });
  expect((await stage.incidents.byId(stage.id))?.acknowledged).toBeUndefined();
  expect(await unacknowledge(stage.id, stage)).toMatchObject({ by: "ada" });
});

test("undoing an acknowledgement removes it from the message and starts the reminders again", async () => {
  await acknowledge(stage.id, "ada", stage);
  await stage.newPosts();
  expect(await unacknowledge(stage.id, stage)).toMatchObject({ by: "ada" });
  const [edit] = await stage.newPosts();
  expect(edit?.footer).not.toMatch(/Acknowledged/);
  expect(await unacknowledge(stage.id, stage)).toBeUndefined();
  stage.passTo(6);
  expect(await isDue()).toBe(true);
});

test.each([
  ["there is no such incident", {}, "ios.drop@2026-06-16T11", /there is no incident/],
  ["it is over", { resolvedAt: noon }, "ios.drop@2026-06-16T12", /already resolved/],
])("nothing is acknowledged when %s", async (_, change, id, message) => {
  await stage.stands(1, change);
  await expect(acknowledge(id, "ada", stage)).rejects.toThrow(message);
  await expect(unacknowledge(id, stage)).rejects.toThrow(message);
});
