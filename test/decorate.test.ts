import { expect, test } from "vitest";
import { decorate } from "../src/decorate.ts";

const port = () => {
  const asked: unknown[][] = [];
  const answer = { some: "answer" };
  return {
    asked,
    answer,
    notify: async (...values: unknown[]) => {
      asked.push(["notify", ...values]);
      return answer;
    },
    ask: async (...values: unknown[]) => {
      asked.push(["hear", ...values]);
      return answer;
    },
  };
};

test("a decorated method passes on its result and every parameter, including those its decorator does not know", async () => {
  const { asked, answer, ...plain } = port();
  const seen: unknown[] = [];
  const decorated = decorate(plain, {
    async notify(call, first) {
      seen.push(first);
      return call();
    },
  });
  const values = [1, undefined, () => {}, { at: 4 }, "five"];
  expect(await decorated.notify(...values)).toBe(answer);
  expect(await decorated.ask(...values)).toBe(answer);
  expect(asked).toEqual([
    ["notify", ...values],
    ["hear", ...values],
  ]);
  expect(seen).toEqual([1]);
});

test("a decorator may call the method twice or never, and a failing call fails", async () => {
  const { asked, ...plain } = port();
  const decorated = decorate(plain, {
    notify: async (call) => {
      await call();
      return call();
    },
    ask: () => Promise.reject(new Error("nobody listens")),
  });
  await decorated.notify("hello");
  expect(asked).toEqual([
    ["notify", "hello"],
    ["notify", "hello"],
  ]);
  await expect(decorated.ask()).rejects.toThrow("nobody listens");
});
