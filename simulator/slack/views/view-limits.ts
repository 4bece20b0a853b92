import { blockProblems } from "../block-limits.ts";
import type { Block } from "../message.ts";
import { textProblem, tooLong } from "../text-limits.ts";
import type { ViewBody } from "./view.ts";

const MOST_BLOCKS = 100;
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
export function viewProblems(view: unknown, types: readonly ViewBody["type"][]): string[] {
  if (typeof view !== "object" || view === null || Array.isArray(view)) return ["view is no object"];
  const { type, blocks } = view as Block;
  const kind = types.find((each) => each === type);
  if (!kind) return [`type must be ${types.join(" or ")} [json-pointer:/view/type]`];
  if (!Array.isArray(blocks)) return ["missing required field: blocks [json-pointer:/view]"];
  if (blocks.length > MOST_BLOCKS)
    return [`no more than ${MOST_BLOCKS} items allowed [json-pointer:/view/blocks]`];
  return [
    ...Object.keys(view)
      .filter((key) => !(known[kind] as readonly string[]).includes(key))
      .map((key) => `unknown field: ${key} [json-pointer:/view/${key}]`),
    ...ownProblems(view as Block, kind),
    ...blockProblems(blocks, kind).map((problem) =>
      problem.replace("[json-pointer:/", "[json-pointer:/view/"),
    ),
  ];
}

function ownProblems(view: Block, kind: ViewBody["type"]): string[] {
  const { title, submit, close, blocks } = view;
  const short = (name: "title" | "submit" | "close", isNeeded: boolean) =>
    view[name] === undefined && !isNeeded ? undefined : textProblem(view[name], name, 24, ["plain_text"]);
  const line = (name: string, most: number) =>
    view[name] === undefined
      ? undefined
      : typeof view[name] === "string"
        ? tooLong(view[name], name, most)
        : `${name} is no text`;
  const needsSubmit =
    kind === "modal" && submit === undefined && (blocks as Block[]).some((block) => block?.type === "input");
  return [
    kind === "modal" ? short("title", true) : title && "a Home has no title",
    submit === undefined ? undefined : short("submit", false),
    close === undefined ? undefined : short("close", false),
    needsSubmit ? "missing required field: submit, since there is an input block" : undefined,
    line("private_metadata", 3_000),
    line("callback_id", 255),
    line("external_id", 255),
  ]
    .filter((problem) => typeof problem === "string")
    .map((problem) => `${problem} [json-pointer:/view]`);
}
