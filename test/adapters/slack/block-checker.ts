import { readFileSync } from "node:fs";

const CONTRACTS = "test/contracts-data/blockkit";
const limits = JSON.parse(readFileSync(`${CONTRACTS}/limits.json`, "utf8"));

/** Slack's limits that `limits.json` does not hold. */
const MOST_BLOCKS = 50;
const MOST_CHARACTERS = 13_200;

type Json = Record<string, unknown>;

/** What Slack would refuse about a message's blocks, by its published limits; unknown blocks and keys are refused too. */
export function problemsIn(blocks: readonly Json[]): string[] {
  const problems = blocks.flatMap((block, index) =>
    check(block).map((problem) => `block ${index}: ${problem}`),
  );
  if (blocks.length > MOST_BLOCKS) problems.push("too many blocks");
  if (JSON.stringify(blocks).length > MOST_CHARACTERS) problems.push("too long in all");
  return problems;
}

function check(block: Json): string[] {
  switch (block.type) {
    case "header":
      return [...keys(block, ["text"]), ...text(block.text, limits.header.text.max_length, ["plain_text"])];
    case "section": {
      const { fields } = block;
      return [
        ...keys(block, ["text", "fields", "accessory", "expand"]),
        ...(block.text === undefined && fields === undefined ? ["neither text nor fields"] : []),
        ...(block.text === undefined ? [] : text(block.text, limits.section.text.max_length)),
        ...(fields === undefined ? [] : list(fields, limits.section.fields.max_items)),
        ...many(fields).flatMap((field) => text(field, limits.section.fields.item_max_length)),
      ];
    }
    case "context":
      return [
        ...keys(block, ["elements"]),
        ...list(block.elements, limits.context.elements.max_items),
        ...many(block.elements).flatMap((element) => text(element, limits.text.max_length)),
      ];
    case "divider":
      return keys(block, []);
    default:
      return [`unknown type ${String(block.type)}`];
  }
}

const many = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

const keys = (value: Json, known: readonly string[]): string[] =>
  Object.keys(value)
    .filter((key) => !["type", "block_id", ...known].includes(key))
    .map((key) => `unknown key ${key}`);

const list = (value: unknown, most: number): string[] =>
  Array.isArray(value) && value.length > 0 && value.length <= most ? [] : [`not 1 to ${most} items`];

function text(value: unknown, most: number, types = ["plain_text", "mrkdwn"]): string[] {
  if (typeof value !== "object" || value === null) return ["text is no object"];
  const { type, text: words, ...more } = value as Json;
  if (!types.includes(String(type))) return [`text is ${String(type)}`];
  if (typeof words !== "string") return ["text holds no text"];
  const length = Array.from(words).length;
  return [
    ...(length < limits.text.min_length || length > most ? [`${length} characters, at most ${most}`] : []),
    ...Object.keys(more)
      .filter((key) => !["emoji", "verbatim"].includes(key))
      .map((key) => `unknown key ${key} in text`),
  ];
}
