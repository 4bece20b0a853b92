import { beforeEach, expect, test } from "vitest";
import { PermanentError } from "../../../src/errors.ts";
import { knownSegments } from "../../../src/pipeline/collecting/segments.ts";
import type { Segment } from "../../../src/pipeline/ports/braze.ts";
import { HOUR, MINUTE } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { freshStores } from "../../support/stores.ts";

const vip: Segment = { id: "vip", name: "VIP", isTracked: true };
const fresh: Segment = { id: "new", name: "New users", isTracked: true };
const refusal = new PermanentError("Braze answered 403", {
  failure: "braze-no-permission",
  advice: "Paste.",
});

let now = noon;
let asked = 0;
let answer: Segment[] | PermanentError = [];
let { segmentCache } = freshStores();
beforeEach(() => {
  now = noon;
  asked = 0;
  answer = [vip];
  segmentCache = freshStores().segmentCache;
});

const open = () =>
  knownSegments({
    clock: () => now,
    segmentCache,
    async listSegments() {
      asked += 1;
      if (answer instanceof Error) throw answer;
      return answer;
    },
  });

test("typing requests the segments once across all processes, and new segments appear within minutes", async () => {
  const [one, other] = [open(), open()];
  expect(await one("main")).toEqual([vip]);
  answer = [vip, fresh];
  now += 4 * MINUTE;
  expect(await other("main")).toEqual([vip]);
  expect(asked).toBe(1);
  now += MINUTE;
  expect(await one("main")).toEqual([vip, fresh]);
  expect(asked).toBe(2);
});

test("who asks at once shares one reading of Braze's list, and one refusal", async () => {
  const list = open();
  const askers = Array.from({ length: 20 }, () => list("main"));
  expect(await Promise.all(askers)).toEqual(askers.map(() => [vip]));
  expect(asked).toBe(1);

  answer = refusal;
  now += 25 * HOUR;
  const refused = await Promise.allSettled(Array.from({ length: 20 }, () => list("main")));
  expect(refused.map(({ status }) => status)).toEqual(refused.map(() => "rejected"));
  expect(asked).toBe(2);
});

test("each workspace has its own list of segments", async () => {
  const list = open();
  await list("main");
  answer = [fresh];
  expect(await list("eu")).toEqual([fresh]);
});

test("while Braze refuses, today's stored list is used", async () => {
  const list = open();
  await list("main");
  answer = refusal;
  now += 23 * HOUR;
  expect(await list("main")).toEqual([vip]);
  now += HOUR;
  await expect(list("main")).rejects.toBe(refusal);
});

test("a refusal is not repeated for each letter, and ends as soon as it is repaired", async () => {
  const list = open();
  answer = refusal;
  for (let letter = 0; letter < 5; letter++) await expect(list("main")).rejects.toBe(refusal);
  expect(asked).toBe(1);
  answer = [vip];
  now += MINUTE;
  expect(await list("main")).toEqual([vip]);
});
