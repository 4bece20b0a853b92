import { beforeEach, expect, test } from "vitest";
import { acknowledge } from "../../../src/pipeline/actions/acknowledge.ts";
import { mute, unmute } from "../../../src/pipeline/actions/mute.ts";
import { HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { aStage } from "../stage.ts";

const ofIos = { kind: "watch", watch: "ios" } as const;

let stage: ReturnType<typeof aStage>;
beforeEach(async () => {
  stage = aStage();
  await stage.stands(0);
  await stage.newPosts();
});

const muteFor = (hours: number, by = "ada") =>
  mute({ scope: ofIos, until: noon + (1.25 + hours) * HOUR, by }, stage);

test("an alert shows until when it is muted and by whom, in one edit, and nothing is posted", async () => {
  await muteFor(1);
  const posts = await stage.newPosts();
  expect(posts.map(({ how }) => how)).toEqual(["edit"]);
  expect(posts[0]?.footer).toContain("Muted until");
  expect(posts[0]?.footer).toContain("by ada");
  expect(await stage.newPosts()).toEqual([]);
});

test("an alert no longer shows a mute that was ended, or replaced by another", async () => {
  await muteFor(1);
  await stage.newPosts();
  await muteFor(3, "ben");
  expect((await stage.newPosts()).at(-1)?.footer).toContain("by ben");
  await unmute(ofIos, "ada", stage);
  const after = await stage.newPosts();
  expect(after.map(({ how }) => how)).toEqual(["edit"]);
  expect(after[0]?.footer).not.toContain("Muted");
});

test("an alert no longer shows a mute that is over, and the incident's news since is posted", async () => {
  await muteFor(1);
  await stage.newPosts();
  stage.passTo(3);
  const after = await stage.newPosts();
  expect(after.map(({ how }) => how)).toEqual(["edit"]);
  expect(after[0]?.footer).not.toContain("Muted");

  await muteFor(5);
  await stage.newPosts();
  await stage.stands(4, { severity: "critical" });
  expect(await stage.newPosts()).toEqual([]);
  stage.passTo(9);
  expect((await stage.newPosts()).map(({ how }) => how)).toEqual(["edit", "broadcast"]);
});

test("a muted alert shows who acknowledged it", async () => {
  await muteFor(1);
  await stage.newPosts();
  await acknowledge(stage.id, "ben", stage);
  const posts = await stage.newPosts();
  expect(posts.map(({ how }) => how)).toEqual(["edit"]);
  expect(posts[0]?.footer).toContain("Acknowledged by ben");
  expect(posts[0]?.footer).toContain("Muted until");
  expect(await stage.newPosts()).toEqual([]);
});
