import { chartProblems } from "./chart-limits.ts";
import { elementProblem } from "./element-limits.ts";
import type { Block } from "./message.ts";
import { listProblems, textProblem, tooLong } from "./text-limits.ts";

/** Where blocks are shown. */
export type Surface = "message" | "modal" | "home";

/** Each kind of block, and what is wrong with one of it. */
const checks: Record<string, (block: Block) => (string | undefined)[]> = {
  header: ({ text }) => [textProblem(text, "text", 150, ["plain_text"])],
  section: ({ text, fields, accessory }) => [
    text === undefined && fields === undefined ? "neither text nor fields" : undefined,
    text === undefined ? undefined : textProblem(text, "text", 3_000),
    ...listProblems(fields, "fields", 10, (field, name) => textProblem(field, name, 2_000)),
    accessory === undefined ? undefined : elementProblem(accessory, "accessory", "accessory"),
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
    ...listProblems(elements, "elements", 25, (element, name) => elementProblem(element, name, "actions")),
    ...sameIds(elements),
  ],
  input: ({ label, element, hint }) => [
    textProblem(label, "label", 2_000, ["plain_text"]),
    hint === undefined ? undefined : textProblem(hint, "hint", 2_000, ["plain_text"]),
    elementProblem(element, "element", "input"),
  ],
  alert: ({ text }) => [textProblem(text, "text", 200)],
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

/** The kinds that not every surface takes. */
const onlyIn: Record<string, readonly Surface[]> = {
  alert: ["modal"],
  data_visualization: ["message"],
  markdown: ["message"],
};

const sameIds = (elements: unknown): string[] => {
  const ids = (Array.isArray(elements) ? (elements as (Block | null)[]) : [])
    .map((element) => element?.action_id)
    .filter((id) => id !== undefined);
  return new Set(ids).size < ids.length ? ["action_id is not unique"] : [];
};

const fileIn = (file: unknown): string | undefined => {
  const { id } = (file ?? {}) as { id?: unknown };
  return typeof id === "string" ? id : undefined;
};

/** The files that images name. */
export const filesIn = (blocks: readonly unknown[]): string[] =>
  blocks.map((block) => fileIn((block as Block | null)?.slack_file)).filter((id) => id !== undefined);

const MOST_BLOCKS: Record<Surface, number> = { message: 50, modal: 100, home: 100 };
/** Undocumented, but what Slack refuses in all. */
const MOST_CHARACTERS = 13_200;

/** What Slack would refuse about the blocks of a message or view, each with the place where it is; nothing when all is well. */
export function blockProblems(blocks: readonly unknown[], surface: Surface = "message"): string[] {
  const most = MOST_BLOCKS[surface];
  if (blocks.length > most) return [`no more than ${most} items allowed [json-pointer:/blocks]`];
  const ids = blocks.map((block) => (block as Block | null)?.block_id).filter((id) => id !== undefined);
  return [
    ...blocks.flatMap((block, index) => problemsOf(block, `/blocks/${index}`, surface)),
    ...(new Set(ids).size < ids.length ? ["block_id is not unique [json-pointer:/blocks]"] : []),
  ];
}

/** Whether the blocks are longer than Slack takes, all in all. */
export const areTooLong = (blocks: readonly unknown[]): boolean => charactersIn(blocks) > MOST_CHARACTERS;

function problemsOf(block: unknown, place: string, surface: Surface): string[] {
  if (typeof block !== "object" || block === null) return [`is no object [json-pointer:${place}]`];
  const { type, block_id: id } = block as Block;
  const check = checks[String(type)];
  if (!check || onlyIn[String(type)]?.includes(surface) === false)
    return [`unsupported type: ${String(type)} [json-pointer:${place}/type]`];
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

function charactersIn(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + charactersIn(item), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [key, item]) =>
      sum + (key === "text" && typeof item === "string" ? item.length : charactersIn(item)),
    0,
  );
}
