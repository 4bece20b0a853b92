import { afterAll, beforeAll, expect, test } from "vitest";
import { brazeSpaces } from "../../../src/adapters/braze/spaces.ts";
import { ios, KEY, openWorld, rejection } from "./world.ts";

const now = Date.UTC(2026, 5, 16, 12, 20);
const hour = Date.UTC(2026, 5, 16, 11);
const EU_KEY = "another-workspace-another-key";

let main: Awaited<ReturnType<typeof openWorld>>;
let eu: Awaited<ReturnType<typeof openWorld>>;
beforeAll(async () => {
  main = await openWorld(now);
  eu = await openWorld(now, { apiKey: EU_KEY, apps: [{ id: "ios", counts: () => 7 }] });
});
afterAll(() => Promise.all([main.close(), eu.close()]));

const open = () => brazeSpaces([main.clientOptions(), eu.clientOptions({ name: "eu", apiKey: EU_KEY })]);

test("each series is read from its own workspace, with that workspace's key", async () => {
  const { source, probe } = open();
  expect(await source.points({ ...ios, workspace: "eu" }, hour, hour)).toEqual([{ bucket: hour, value: 7 }]);
  expect(await source.points(ios, hour, hour)).toEqual([
    { bucket: hour, value: main.control.sessions(ios, hour) },
  ]);
  await probe({ ...ios, workspace: "eu" });
  expect([main.control.requests(), eu.control.requests()]).toEqual([1, 2]);
});

test("a series of a workspace that is not configured is refused with a clear error and without a request", async () => {
  const asked = main.control.requests() + eu.control.requests();
  const { source, probe } = open();
  for (const attempt of [
    source.points({ ...ios, workspace: "old" }, hour, hour),
    probe({ ...ios, workspace: "old" }),
  ]) {
    expect(await rejection(attempt)).toMatchObject({
      name: "PermanentError",
      failure: "braze-unknown-workspace",
      message: expect.stringContaining('the workspace "old" is not configured'),
      advice: expect.stringContaining("BRAZE_WORKSPACE"),
    });
  }
  expect(main.control.requests() + eu.control.requests()).toBe(asked);
});

test("a key that was replaced while a request was in flight is tried at once", async () => {
  let key = "the-key-of-yesterday";
  const { source } = brazeSpaces([
    main.clientOptions({
      apiKey: (refused) => {
        if (refused !== undefined) key = KEY;
        return key;
      },
    }),
  ]);
  expect(await source.points(ios, hour, hour)).toHaveLength(1);
});

test("a key that was refused and not replaced is sent only once", async () => {
  const asked = main.control.requests();
  const { source } = brazeSpaces([main.clientOptions({ apiKey: () => "the-key-of-yesterday" })]);
  expect(await rejection(source.points(ios, hour, hour))).toMatchObject({ failure: "braze-wrong-key" });
  expect(main.control.requests()).toBe(asked + 1);
});
