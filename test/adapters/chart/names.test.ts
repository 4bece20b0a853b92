import { expect, test } from "vitest";
import { drawableTitle } from "../../../src/adapters/chart/names.ts";

test.each([
  [["iOS", "New users"], "iOS – New users"],
  [["iOS 🚀", "Schlüsselkunden <VIP>"], "iOS – Schlüsselkunden <VIP>"],
  [["日本語", "iOS"], "iOS"],
  [["日本語", "🎉"], ""],
  [["a\u202eb\u0000c"], "a b c"],
  [["x".repeat(60)], `${"x".repeat(39)}…`],
])("%j is drawn as %j", (parts, title) => {
  expect(drawableTitle(parts, 40)).toBe(title);
});
