import { expect, test } from "vitest";
import { link, mention } from "../../../../src/adapters/slack/blocks/links.ts";

test.each([
  ["https://wiki.test/ios", "https://wiki.test/ios"],
  ["https://wiki.test/?a=1&b=2", "https://wiki.test/?a=1&amp;b=2"],
  ["https://wiki.test/?page=a%2Fb%26c%23d", "https://wiki.test/?page=a%2Fb%26c%23d"],
  ["https://wiki.test/100%25", "https://wiki.test/100%25"],
  ["https://wiki.test/100%", "https://wiki.test/100%25"],
  ["https://wiki.test/<b>|c", "https://wiki.test/%3Cb%3E%7Cc"],
  ["https://wiki.test/Störung", "https://wiki.test/St%C3%B6rung"],
  ["https://wiki.test/\ud83d", "https://wiki.test/%EF%BF%BD"],
])("%s is linked as %s", (address, linked) => {
  expect(link(address, "Runbook")).toBe(`<${linked}|Runbook>`);
});

test.each([
  ["U0ADA0001", "<@U0ADA0001>"],
  ["S0ONCALL1", "<!subteam^S0ONCALL1>"],
  ["ada", undefined],
])("%s is mentioned as %s", (id, mentioned) => {
  expect(mention(id)).toBe(mentioned);
});
