import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { areTooLong, blockProblems } from "../../../simulator/slack/block-limits.ts";

const FIXTURES = "test/contracts-data/blockkit/valid";
const text = (length: number, type = "mrkdwn") => ({ type, text: "x".repeat(length) });
const element = (one: object) => [{ type: "actions", elements: [{ action_id: "a", ...one }] }];
const field = (one: object) => [{ type: "input", label: text(1, "plain_text"), element: one }];
const button = (more: object) => element({ type: "button", text: text(1, "plain_text"), ...more });
const option = (value: string) => ({ text: text(1, "plain_text"), value });
const select = (...options: object[]) => element({ type: "static_select", options });
const number = (more: object) => field({ type: "number_input", is_decimal_allowed: true, ...more });

test.each(readdirSync(FIXTURES))("the fixture %s is accepted", (file) => {
  const fixture = JSON.parse(readFileSync(`${FIXTURES}/${file}`, "utf8"));
  expect(blockProblems([fixture])).toEqual([]);
});

describe("the block checker refuses", () => {
  test.each<[string, unknown[]]>([
    ["more than 50 blocks", Array.from({ length: 51 }, () => ({ type: "divider" }))],
    ["a section of 3,001 characters", [{ type: "section", text: text(3_001) }]],
    ["a section without text or fields", [{ type: "section" }]],
    ["an empty text", [{ type: "section", text: text(0) }]],
    ["eleven fields", [{ type: "section", fields: Array.from({ length: 11 }, () => text(1)) }]],
    ["a field of 2,001 characters", [{ type: "section", fields: [text(2_001)] }]],
    ["a header of 151 characters", [{ type: "header", text: text(151, "plain_text") }]],
    ["a header in mrkdwn", [{ type: "header", text: text(5) }]],
    [
      "eleven elements in a context",
      [{ type: "context", elements: Array.from({ length: 11 }, () => text(1)) }],
    ],
    ["a context without elements", [{ type: "context", elements: [] }]],
    ["an image without alt text", [{ type: "image", image_url: "https://example.com/a.png" }]],
    [
      "a button of 76 characters",
      [{ type: "actions", elements: [{ type: "button", text: text(76, "plain_text") }] }],
    ],
    ["a button with an empty value", button({ value: "" })],
    ["a button with a key of another element", button({ placeholder: text(1, "plain_text") })],
    ["a block with a key of another block", [{ type: "divider", text: text(1) }]],
    ["a text with a key of another kind", [{ type: "section", text: { ...text(1), emoji: true } }]],
    ["an option with a key that does not exist", select({ ...option("a"), colour: "red" })],
    ["two options of one value", select(option("a"), option("a"))],
    ["a time after midnight", element({ type: "timepicker", initial_time: "24:00" })],
    ["a number in words", number({ initial_value: "ten" })],
    ["a number that may or may not be a fraction", number({ is_decimal_allowed: undefined })],
    [
      "a text that is longer than its field takes",
      field({ type: "plain_text_input", max_length: 3, initial_value: "four" }),
    ],
    ["a block that does not exist", [{ type: "mystery" }]],
    ["a block that is none", ["divider"]],
    [
      "one block_id twice",
      [
        { type: "divider", block_id: "a" },
        { type: "divider", block_id: "a" },
      ],
    ],
  ])("%s", (_, blocks) => {
    const problems = blockProblems(blocks);
    expect(problems).toHaveLength(1);
    expect(problems[0]).toMatch(/\[json-pointer:\/blocks/);
  });
});

test("characters are counted as Slack counts them: an emoji is one", () => {
  expect(blockProblems([{ type: "header", text: { type: "plain_text", text: "🌊".repeat(150) } }])).toEqual(
    [],
  );
});

test("blocks that are valid alone may be too long together", () => {
  const blocks = Array.from({ length: 5 }, () => ({ type: "section", text: text(2_900) }));
  for (const block of blocks) expect(blockProblems([block])).toEqual([]);
  expect(areTooLong(blocks)).toBe(true);
  expect(blockProblems(blocks)).toEqual(["too long in all [json-pointer:/blocks]"]);
});
