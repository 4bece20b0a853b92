import { chartProblems } from "./chart-limits.ts";
import { elementProblem } from "./element-limits.ts";
import { limits } from "./limits.ts";
import type { Block } from "./message.ts";
import { lineProblem, listProblems, neededList, textProblem, unknownKey } from "./text-limits.ts";

/** Where blocks are shown. */
export type Surface = "message" | "modal" | "home";

/** What each kind of block may have beside `type` and `block_id`, and what is wrong with one of it. */
const kinds: Readonly<
  Record<string, readonly [keys: string, check: (block: Block) => (string | undefined)[]]>
> = {
  header: ["text", ({ text }) => [textProblem(text, "text", limits.header, ["plain_text"])]],
  section: [
    "text fields accessory expand",
    ({ text, fields, accessory }) => [
      text === undefined && fields === undefined ? "neither text nor fields" : undefined,
      text === undefined ? undefined : textProblem(text, "text", limits.text),
      ...listProblems(fields, "fields", limits.fields.items, (field, name) =>
        textProblem(field, name, limits.fields.text),
      ),
      accessory === undefined ? undefined : elementProblem(accessory, "accessory", "accessory"),
    ],
  ],
  context: [
    "elements",
    ({ elements }) =>
      neededList(elements, "elements", limits.context, (element, name) =>
        (element as Block | null)?.type === "image" ? undefined : textProblem(element, name, limits.text),
      ),
  ],
  divider: ["", () => []],
  actions: [
    "elements",
    ({ elements }) => [
      ...neededList(elements, "elements", limits.actions, (element, name) =>
        elementProblem(element, name, "actions"),
      ),
      ...sameIds(elements),
    ],
  ],
  input: [
    "label element hint optional dispatch_action",
    ({ label, element, hint }) => [
      textProblem(label, "label", limits.input.label, ["plain_text"]),
      hint === undefined ? undefined : textProblem(hint, "hint", limits.input.hint, ["plain_text"]),
      elementProblem(element, "element", "input"),
    ],
  ],
  alert: ["text level", ({ text }) => [textProblem(text, "text", limits.alert)]],
  image: [
    "alt_text image_url slack_file title",
    ({ alt_text: alt, image_url: url, slack_file: file }) => [
      alt === undefined ? "no alt_text" : lineProblem(alt, "alt_text", limits.image.alt),
      (url === undefined) === (file === undefined) ? "needs either image_url or slack_file" : undefined,
      lineProblem(url, "image_url", limits.image.url),
      file === undefined || /^F[A-Z0-9]{8,}$/.test(fileIn(file) ?? "") ? undefined : "invalid slack file",
    ],
  ],
  data_visualization: ["title chart", chartProblems],
  markdown: [
    "text",
    ({ text }) => [text === undefined ? "no text" : lineProblem(text, "text", limits.markdown)],
  ],
  rich_text: ["elements", ({ elements }) => [Array.isArray(elements) ? undefined : "no elements"]],
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

/** What Slack would refuse about the blocks of a message or view, each with the place where it is; nothing when all is well. */
export function blockProblems(blocks: readonly unknown[], surface: Surface = "message"): string[] {
  const most = surface === "message" ? limits.message.blocks : limits.view.blocks;
  if (blocks.length > most) return [`no more than ${most} items allowed [json-pointer:/blocks]`];
  const ids = blocks.map((block) => (block as Block | null)?.block_id).filter((id) => id !== undefined);
  return [
    ...blocks.flatMap((block, index) => problemsOf(block, `/blocks/${index}`, surface)),
    ...(new Set(ids).size < ids.length ? ["block_id is not unique [json-pointer:/blocks]"] : []),
    ...(surface === "message" && areTooLong(blocks) ? ["too long in all [json-pointer:/blocks]"] : []),
  ];
}

/** Whether the blocks of a message are longer than Slack takes, all in all. */
export const areTooLong = (blocks: readonly unknown[]): boolean =>
  JSON.stringify(blocks).length > limits.message.characters;

function problemsOf(block: unknown, place: string, surface: Surface): string[] {
  if (typeof block !== "object" || block === null) return [`is no object [json-pointer:${place}]`];
  const { type, block_id: id, ...more } = block as Block;
  const kind = kinds[String(type)];
  if (!kind || onlyIn[String(type)]?.includes(surface) === false)
    return [`unsupported type: ${String(type)} [json-pointer:${place}/type]`];
  const [keys, check] = kind;
  return [
    ...check(block as Block),
    lineProblem(id, "block_id", limits.blockId),
    unknownKey(more, keys.split(" ")),
  ]
    .filter((problem) => problem !== undefined)
    .map((problem) => `${problem} [json-pointer:${place}]`);
}
