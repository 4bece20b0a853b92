import { expect, test } from "vitest";
import { createLog } from "../src/log.ts";
import { printable } from "../src/printable.ts";

test.each([
  ["a\tb\nc", "a\tb\nc"],
  ["\u001b[31mred", "\\u001b[31mred"],
  ["over\rwritten", "over\\u000dwritten"],
  ["\u009b2J", "\\u009b2J"],
  ["evil\u202etxt.exe", "evil\\u202etxt.exe"],
  ["Größe 🚀 مرحبا", "Größe 🚀 مرحبا"],
])("%j is shown as %j", (text, shown) => {
  expect(printable(text)).toBe(shown);
});

test("a log line is one line without terminal control characters", () => {
  const lines: string[] = [];
  const name = "a\n{}\u001b]0;x\u0007\u009b2J\u202e";
  createLog("info", { write: (line) => lines.push(line) }).info({ name }, "names.seen");
  expect(lines).toHaveLength(1);
  expect(lines[0]).toMatch(/^\P{Cc}*\n$/u);
  expect(JSON.parse(lines[0]!)).toMatchObject({ name });
});
