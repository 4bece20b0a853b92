import { expect, test } from "vitest";
import { lengthOf, safeName } from "../../../../src/adapters/slack/blocks/names.ts";

test.each([
  ["R&D <!channel>", "R&amp;D &lt;!channel&gt;"],
  ["*bold*", "\u2060*\u2060bold\u2060*\u2060"],
  ["two\nlines\tand   more", "two lines and more"],
  ["turned\u202eround", "turned round"],
  ["تطبيق", "\u2068تطبيق\u2069"],
  [" \n ", "(no name)"],
])("%j becomes %j", (name, safe) => {
  expect(safeName(name, 80)).toBe(safe);
});

test("a long name is cut at the end of a character", () => {
  const family = "👩‍👩‍👧‍👦";
  expect(safeName(family.repeat(3), 2 * lengthOf(family) + 1)).toBe(`${family}${family}…`);
  expect(safeName("&".repeat(9), 11)).toBe("&amp;&amp;…");
});
