import { beforeEach, expect, test } from "vitest";
import { acknowledge, unacknowledge } from "../../../src/pipeline/actions/acknowledge.ts";
import { tick } from "../../../src/pipeline/tick.ts";
import { defaultTiming } from "../../../src/series/due.ts";
import { HOUR } from "../../../src/time/time.ts";
import { anIncident, noon } from "../../builders.ts";
import { aRoom } from "../stage.ts";

let room: ReturnType<typeof aRoom>;
beforeEach(async () => {
  room = aRoom();
  await room.stands(0, { severity: "critical" });
  await room.heard();
});

/** Whether a tick at this time would have the room looked at. */
const isDue = async () => (await tick({ ...room, timing: defaultTiming })).notify.includes(room.room);

test("a critical incident that nobody acknowledges is reminded of, in the channel too, every four hours, three times", async () => {
  const heardAt: string[] = [];
  for (let hours = 1; hours <= 30; hours++) {
    room.passTo(hours + 0.1);
    await room.stands(hours);
    const said = await room.heard();
    const reminder = said.find(({ how, text }) => how === "broadcast" && /Acknowledged by nobody/.test(text));
    if (reminder) heardAt.push(/last reminder/.test(reminder.text) ? `${hours} at last` : `${hours}`);
  }
  expect(heardAt).toEqual(["5", "9", "13 at last"]);
});

test("a reminder needs no new hour", async () => {
  room.passTo(4.9);
  expect(await isDue()).toBe(false);
  room.passTo(5);
  expect(await isDue()).toBe(true);
  expect((await room.heard()).map(({ how }) => how)).toEqual(["edit", "broadcast"]);
  expect(await isDue()).toBe(false);
});

test("an acknowledgement is shown below the message, with who and when, and ends the reminders", async () => {
  room.passTo(2);
  expect(await acknowledge(room.id, "ada", room)).toEqual({ by: "ada", at: noon + 2.25 * HOUR });
  const [edit, ...more] = await room.heard();
  expect(more).toEqual([]);
  expect(edit?.how).toBe("edit");
  expect(edit?.footer).toMatch(/Acknowledged by ada, .*Tue 16 Jun 14:15 UTC/);
  room.passTo(50);
  expect(await isDue()).toBe(false);
});

test("the first acknowledgement stands", async () => {
  await acknowledge(room.id, "ada", room);
  expect(await acknowledge(room.id, "bob", room)).toMatchObject({ by: "ada" });
});

test("an acknowledgement is of all that one message tells of", async () => {
  const other = "ios.drop@2026-06-16T13";
  await room.incidents.save(anIncident({ id: other, watchId: "ios", openedAt: noon + HOUR }));
  await room.outbox.add(other, room.room);
  await room.heard();
  await acknowledge(room.id, "ada", room);
  expect((await room.incidents.byId(other))?.acknowledged).toMatchObject({ by: "ada" });
});

test("what goes on is acknowledged where what the message speaks of first is over", async () => {
  const other = "ios.drop@2026-06-16T13";
  await room.incidents.save(anIncident({ id: other, watchId: "ios", openedAt: noon + HOUR }));
  await room.outbox.add(other, room.room);
  await room.heard();
  await room.stands(2, { resolvedAt: noon + 2 * HOUR });
  expect(await acknowledge(room.id, "ada", room)).toMatchObject({ by: "ada" });
  expect((await room.incidents.byId(other))?.acknowledged).toMatchObject({ by: "ada" });
  expect((await room.incidents.byId(room.id))?.acknowledged).toBeUndefined();
  expect(await unacknowledge(room.id, room)).toMatchObject({ by: "ada" });
});

test("an acknowledgement that is taken back is gone from below the message, and reminders begin again", async () => {
  await acknowledge(room.id, "ada", room);
  await room.heard();
  expect(await unacknowledge(room.id, room)).toMatchObject({ by: "ada" });
  const [edit] = await room.heard();
  expect(edit?.footer).not.toMatch(/Acknowledged/);
  expect(await unacknowledge(room.id, room)).toBeUndefined();
  room.passTo(6);
  expect(await isDue()).toBe(true);
});

test.each([
  ["there is no such incident", {}, "ios.drop@2026-06-16T11", /there is no incident/],
  ["it is over", { resolvedAt: noon }, "ios.drop@2026-06-16T12", /is over/],
])("nothing is acknowledged when %s", async (_, change, id, message) => {
  await room.stands(1, change);
  await expect(acknowledge(id, "ada", room)).rejects.toThrow(message);
  await expect(unacknowledge(id, room)).rejects.toThrow(message);
});
