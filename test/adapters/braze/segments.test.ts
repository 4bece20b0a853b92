import { afterEach, expect, test } from "vitest";
import type { SimulatedSegment } from "../../../simulator/braze/workspace.ts";
import { brazeSegments } from "../../../src/adapters/braze/segments.ts";
import { brazeSpaces } from "../../../src/adapters/braze/spaces.ts";
import { KEY, openWorld, rejection } from "./world.ts";

const now = Date.UTC(2026, 5, 16, 12, 20);

let world: Awaited<ReturnType<typeof openWorld>>;
afterEach(() => world.close());

const many = (count: number): SimulatedSegment[] =>
  Array.from({ length: count }, (_, i) => ({
    id: `s${i}`,
    name: `Segment ${i}`,
    share: 0.1,
    tracked: i % 2 === 0,
  }));

async function list(count: number) {
  world = await openWorld(now, { segments: many(count) });
  return brazeSegments(world.clientOptions())();
}

test.each([
  [0, 1],
  [1, 2],
  [100, 2],
  [101, 3],
  [250, 4],
])("all %d segments are listed with %d requests", async (count, requests) => {
  const segments = await list(count);
  expect(segments.map(({ id }) => id)).toEqual(many(count).map(({ id }) => id));
  expect(world.control.seen()).toHaveLength(requests);
  expect(world.control.seen().map(({ path, query }) => `${path}?${query.page}`)).toEqual(
    Array.from({ length: requests }, (_, page) => `/segments/list?${page}`),
  );
});

test("the list says which segments Braze tracks", async () => {
  expect(await list(2)).toEqual([
    { id: "s0", name: "Segment 0", isTracked: true },
    { id: "s1", name: "Segment 1", isTracked: false },
  ]);
});

test("the error for a key without permission to list segments says what to do instead", async () => {
  world = await openWorld(now, { permissions: ["sessions.data_series"] });
  expect(await rejection(brazeSegments(world.clientOptions())())).toMatchObject({
    name: "PermanentError",
    failure: "braze-no-permission",
    message: expect.stringContaining("segments.list"),
    advice: expect.stringMatching(/^Paste the segment's API identifier instead.*segments\.list/),
  });
});

test.each([
  ["server-error", "TransientError"],
  ["no-success", "TransientError"],
  ["truncated", "TransientError"],
  ["wrong-key", "PermanentError"],
] as const)("with %s the list is an error, not an empty list", async (kind, name) => {
  world = await openWorld(now);
  world.control.fail({ kind });
  expect(await rejection(brazeSegments(world.clientOptions())())).toMatchObject({ name });
});

test("each workspace lists its own segments, and a workspace that is not configured lists none", async () => {
  world = await openWorld(now);
  const { listSegments } = brazeSpaces([world.clientOptions({ apiKey: KEY })]);
  expect(await listSegments("main")).toHaveLength(1);
  expect(await rejection(listSegments("old"))).toMatchObject({ failure: "braze-unknown-workspace" });
});
