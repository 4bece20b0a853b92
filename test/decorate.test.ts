import { expect, test } from "vitest";
import { decorate } from "../src/decorate.ts";

const port = () => {
  const asked: unknown[][] = [];
  const answer = { some: "answer" };
  return {
    asked,
    answer,
    say: async (...values: unknown[]) => {
      asked.push(["say", ...values]);
      return answer;
    },
    hear: async (...values: unknown[]) => {
      asked.push(["hear", ...values]);
      return answer;
    },
  };
};

test("a decorated method passes on every parameter, also those that its decorator does not know, and its answer", async () => {
  const { asked, answer, ...plain } = port();
  const seen: unknown[] = [];
  const decorated = decorate(plain, {
    async say(call, first) {
      seen.push(first);
      return call();
    },
  });
  const values = [1, undefined, () => {}, { at: 4 }, "five"];
  expect(await decorated.say(...values)).toBe(answer);
  expect(await decorated.hear(...values)).toBe(answer);
  expect(asked).toEqual([
    ["say", ...values],
    ["hear", ...values],
  ]);
  expect(seen).toEqual([1]);
});

test("a decorator may call twice, or not at all, and what fails fails", async () => {
  const { asked, ...plain } = port();
  const decorated = decorate(plain, {
    say: async (call) => {
      await call();
      return call();
    },
    hear: () => Promise.reject(new Error("nobody listens")),
  });
  await decorated.say("hello");
  expect(asked).toEqual([
    ["say", "hello"],
    ["say", "hello"],
  ]);
  await expect(decorated.hear()).rejects.toThrow("nobody listens");
});
