import { expect, test } from "vitest";
import { isRight } from "../chaos/figures.ts";
import { clusterStory, killings } from "./story.ts";

test("when the queue's Redis master is killed during an incident, nothing is missing, posted twice, or not evaluated", async () => {
  const [ofQueues] = killings;
  const story = await clusterStory([ofQueues!]);
  expect(story).toMatchObject({
    roots: 1,
    ends: 1,
    others: 0,
    notEvaluated: 0,
    extraIncidents: 0,
    pending: 0,
  });
  expect(isRight(story, story)).toBe(true);
});
