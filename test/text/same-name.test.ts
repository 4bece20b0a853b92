import { expect, test } from "vitest";
import { isSameName } from "../../src/text/same-name.ts";

test.each([
  ["Kid’s club", "kid's club"],
  ["New\u00a0users", "new users"],
  ["New \u2009 users ", "New users"],
  ["Ｎｅｗ users", "New users"],
  ["Cafe\u0301", "Café"],
  ["\u2068תטביק\u2069", "תטביק"],
  ["\u2060*\u2060beta\u2060*\u2060", "*beta*"],
  ["so\u00adft", "soft"],
  ["24–7", "24-7"],
  ["ﬁt", "fit"],
  ["❤\ufe0f users", "❤ users"],
])("%j and %j are the same name", (one, other) => {
  expect(isSameName(one, other)).toBe(true);
});

test.each([
  ["Kids", "Kid's"],
  ["New users", "Newusers"],
  [
    "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}",
    "🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}",
  ],
  ["", "x"],
])("%j and %j are different names", (one, other) => {
  expect(isSameName(one, other)).toBe(false);
});
