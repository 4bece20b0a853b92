import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { areTooLong, blockProblems } from "../../../simulator/slack/block-limits.ts";

const FIXTURES = "test/contracts-data/blockkit/valid";
const text = (length: number, type = "mrkdwn") => ({ type, text: "x".repeat(length) });

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
  expect(blockProblems(blocks)).toEqual([]);
  expect(areTooLong(blocks)).toBe(true);
});
