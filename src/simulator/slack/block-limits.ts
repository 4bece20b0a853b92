import { chartProblems } from "./chart-limits.ts";
import type { Block } from "./workspace.ts";

/** Each kind of block a message may hold, and what is wrong with one of it. */
const checks: Record<string, (block: Block) => (string | undefined)[]> = {
  header: ({ text }) => [textProblem(text, "text", 150, ["plain_text"])],
  section: ({ text, fields }) => [
    text === undefined && fields === undefined ? "neither text nor fields" : undefined,
    text === undefined ? undefined : textProblem(text, "text", 3_000),
    ...listProblems(fields, "fields", 10, (field, name) => textProblem(field, name, 2_000)),
  ],
  context: ({ elements }) => [
    elements === undefined ? "no elements" : undefined,
    ...listProblems(elements, "elements", 10, (element, name) =>
      (element as Block | null)?.type === "image" ? undefined : textProblem(element, name, 3_000),
    ),
  ],
  divider: () => [],
  actions: ({ elements }) => [
    elements === undefined ? "no elements" : undefined,
    ...listProblems(elements, "elements", 25, (element, name) => elementProblem(element as Block, name)),
  ],
  image: ({ alt_text: alt, image_url: url, slack_file: file }) => [
    typeof alt === "string" && alt !== "" ? tooLong(alt, "alt_text", 2_000) : "no alt_text",
    (url === undefined) === (file === undefined) ? "needs either image_url or slack_file" : undefined,
    typeof url === "string" ? tooLong(url, "image_url", 3_000) : undefined,
    file === undefined || /^F[A-Z0-9]{8,}$/.test(fileIn(file) ?? "") ? undefined : "invalid slack file",
  ],
  data_visualization: chartProblems,
  markdown: ({ text }) => [
    typeof text === "string" && text !== "" ? tooLong(text, "text", 12_000) : "no text",
  ],
  rich_text: ({ elements }) => [Array.isArray(elements) ? undefined : "no elements"],
};

const fileIn = (file: unknown): string | undefined => {
  const { id } = (file ?? {}) as { id?: unknown };
  return typeof id === "string" ? id : undefined;
};

/** The files that a message's images name. */
export const filesIn = (blocks: readonly unknown[]): string[] =>
  blocks.map((block) => fileIn((block as Block | null)?.slack_file)).filter((id) => id !== undefined);

const MOST_BLOCKS = 50;
/** Undocumented, but what Slack refuses in all. */
const MOST_CHARACTERS = 13_200;

/** What Slack would refuse about a message's blocks, each with the place where it is; nothing when all is well. */
export function blockProblems(blocks: readonly unknown[]): string[] {
  if (blocks.length > MOST_BLOCKS)
    return [`no more than ${MOST_BLOCKS} items allowed [json-pointer:/blocks]`];
  const ids = blocks.map((block) => (block as Block | null)?.block_id).filter((id) => id !== undefined);
  return [
    ...blocks.flatMap((block, index) => problemsOf(block, `/blocks/${index}`)),
    ...(new Set(ids).size < ids.length ? ["block_id is not unique [json-pointer:/blocks]"] : []),
  ];
}

/** Whether the blocks are longer than Slack takes, all in all. */
export const areTooLong = (blocks: readonly unknown[]): boolean => charactersIn(blocks) > MOST_CHARACTERS;

function problemsOf(block: unknown, place: string): string[] {
  if (typeof block !== "object" || block === null) return [`is no object [json-pointer:${place}]`];
  const { type, block_id: id } = block as Block;
  const check = checks[String(type)];
  if (!check) return [`unsupported type: ${String(type)} [json-pointer:${place}/type]`];
  const problems = [
    ...check(block as Block),
    id === undefined
      ? undefined
      : typeof id === "string"
        ? tooLong(id, "block_id", 255)
        : "block_id is no text",
  ];
  return problems
    .filter((problem) => problem !== undefined)
    .map((problem) => `${problem} [json-pointer:${place}]`);
}

function listProblems(
  list: unknown,
  name: string,
  most: number,
  check: (item: unknown, name: string) => string | undefined,
): (string | undefined)[] {
  if (list === undefined) return [];
  if (!Array.isArray(list) || list.length === 0) return [`${name} is no list or empty`];
  if (list.length > most) return [`${name}: no more than ${most} items allowed`];
  return list.map((item, index) => check(item, `${name}/${index}`));
}

function textProblem(
  value: unknown,
  name: string,
  most: number,
  types = ["plain_text", "mrkdwn"],
): string | undefined {
  const { type, text } = (value ?? {}) as { type?: unknown; text?: unknown };
  if (!types.includes(String(type))) return `${name} must be ${types.join(" or ")}`;
  if (typeof text !== "string" || text === "") return `${name} must be more than 0 characters`;
  return tooLong(text, name, most);
}

function elementProblem(element: Block, name: string): string | undefined {
  if (typeof element?.type !== "string") return `${name} has no type`;
  if (element.type !== "button") return undefined;
  const value =
    typeof element.value === "string" ? tooLong(element.value, `${name}/value`, 2_000) : undefined;
  return textProblem(element.text, `${name}/text`, 75, ["plain_text"]) ?? value;
}

const tooLong = (text: string, name: string, most: number): string | undefined =>
  Array.from(text).length > most ? `${name} must be less than ${most + 1} characters` : undefined;

function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + charactersIn(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) =>
      sum + (key === "text" && typeof item === "string" ? item.length : charactersIn(item)),
    0,
  );
}
