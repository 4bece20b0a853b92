import { expect, test } from "vitest";
import { sendWords } from "../../src/text/sends.ts";
import { plainText } from "../../src/text/text.ts";

test.each([
  [{}, "campaign Summer Sale"],
  [{ kind: "canvas" as const }, "Canvas Summer Sale"],
  [{ channels: ["ios_push", "android_push"] }, "push Summer Sale"],
  [{ channels: ["email"], audience: 1_234_567 }, "email Summer Sale to about 1.2M"],
  [{ channels: ["email", "ios_push"], audience: 812 }, "campaign Summer Sale to about 810"],
  [{ channels: ["something_new"] }, "campaign Summer Sale"],
  [{ channels: [], audience: 0 }, "campaign Summer Sale"],
])("a send with %j is called %s", (known, words) => {
  const send = { name: "Summer Sale", kind: "campaign", ...known } as const;
  expect(plainText(sendWords(send))).toBe(words);
});
