import { blockProblems } from "../block-limits.ts";
import { limits } from "../limits.ts";
import type { Block } from "../message.ts";
import { lineProblem, textProblem, unknownKey } from "../text-limits.ts";
import type { ViewBody } from "./view.ts";

const { view: MOST } = limits;
const known = {
  modal: [
    "type",
    "title",
    "blocks",
    "close",
    "submit",
    "private_metadata",
    "callback_id",
    "clear_on_close",
    "notify_on_close",
    "external_id",
    "submit_disabled",
  ],
  home: ["type", "blocks", "private_metadata", "callback_id", "external_id"],
} as const;

/** What Slack would refuse about a view, each with the place where it is; nothing when all is well. */
export function viewProblems(
  view: unknown,
  types: readonly ViewBody["type"][] = ["modal", "home"],
): string[] {
  if (typeof view !== "object" || view === null || Array.isArray(view)) return ["view is no object"];
  const { type, blocks } = view as Block;
  const kind = types.find((each) => each === type);
  if (!kind) return [`type must be ${types.join(" or ")} [json-pointer:/view/type]`];
  if (!Array.isArray(blocks)) return ["missing required field: blocks [json-pointer:/view]"];
  return [
    ...ownProblems(view as Block, kind),
    ...blockProblems(blocks, kind).map((problem) =>
      problem.replace("[json-pointer:/", "[json-pointer:/view/"),
    ),
  ];
}

function ownProblems(view: Block, kind: ViewBody["type"]): string[] {
  const { title, submit, close, blocks } = view;
  const short = (name: "title" | "submit" | "close", isNeeded: boolean) =>
    view[name] === undefined && !isNeeded
      ? undefined
      : textProblem(view[name], name, MOST.title, ["plain_text"]);
  const needsSubmit =
    kind === "modal" && submit === undefined && (blocks as Block[]).some((block) => block?.type === "input");
  return [
    kind === "modal" ? short("title", true) : title && "a Home has no title",
    submit === undefined ? undefined : short("submit", false),
    close === undefined ? undefined : short("close", false),
    needsSubmit ? "missing required field: submit, since there is an input block" : undefined,
    mayBeEmpty(view, "private_metadata", MOST.metadata),
    mayBeEmpty(view, "callback_id", MOST.id),
    mayBeEmpty(view, "external_id", MOST.id),
    unknownKey(view, known[kind]),
    (blocks as unknown[]).length === 0 ? "no blocks" : undefined,
    isTooLarge(view) ? "too large in all" : undefined,
  ]
    .filter((problem) => typeof problem === "string")
    .map((problem) => `${problem} [json-pointer:/view]`);
}

const mayBeEmpty = (view: Block, name: string, most: number): string | undefined =>
  view[name] === "" ? undefined : lineProblem(view[name], name, most);

/** Whether a view is larger than Slack takes. */
export const isTooLarge = (view: unknown): boolean =>
  Buffer.byteLength(JSON.stringify(view ?? null)) > limits.view.bytes;
