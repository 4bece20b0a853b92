import { createElement as h, type ReactNode } from "react";
import { Message, type MessageProps } from "slack-blocks-to-jsx";
import { named } from "../interaction/elements.ts";
import { untouched } from "../interaction/picks.ts";
import type { Block } from "../message.ts";
import type { Values } from "../views/view.ts";
import { bot } from "../wire.ts";
import type { Workspace } from "../workspace.ts";
import { drawElement } from "./elements.ts";
import { localTime } from "./time.ts";

/** What blocks are drawn with: who and what can be mentioned and chosen, and in a view what stands in its fields. */
export interface Setting {
  readonly workspace: Pick<Workspace, "people" | "groups" | "channels">;
  readonly values?: Values;
  readonly errors?: Readonly<Record<string, string>>;
}

/** Blocks as elements: what a person can use is ours, everything else the renderer's. */
export function drawBlocks(blocks: readonly Block[], setting: Setting): ReactNode[] {
  const drawn: ReactNode[] = [];
  let still: Block[] = [];
  const flush = () => {
    if (still.length > 0) drawn.push(rendered(still, setting));
    still = [];
  };
  for (const block of named(blocks)) {
    const own = drawOwn(block, setting);
    if (own === undefined) {
      still.push(block);
      continue;
    }
    flush();
    drawn.push(own);
  }
  flush();
  return drawn;
}

function drawOwn(block: Block, setting: Setting): ReactNode | undefined {
  const { type, elements, element, accessory, block_id: id } = block;
  const draw = (each: Block, label?: string) => {
    const value = setting.values?.[String(id)]?.[String(each.action_id)];
    const pick = value ?? (each.action_id && each.type !== "button" ? untouchedIf(each) : {});
    return drawElement(each, pick, {
      block: String(id),
      workspace: setting.workspace,
      ...(label && { label }),
    });
  };
  if (type === "actions") {
    return h("div", { className: "actions" }, ...(elements as Block[]).map((each) => draw(each)));
  }
  if (type === "section" && accessory && (accessory as Block).type !== "image") {
    const { accessory: _, ...words } = block;
    const label = textOf(block.text);
    return h(
      "div",
      { className: "section" },
      h("div", { className: "words" }, rendered([words], setting)),
      draw(accessory as Block, label),
    );
  }
  if (type !== "input") return undefined;
  return field(block, draw(element as Block, textOf(block.label)), setting.errors?.[String(id)]);
}

const untouchedIf = (element: Block) => (element.type === "overflow" ? {} : untouched(element));

function field(block: Block, control: ReactNode, error?: string): ReactNode {
  const { block_id: id, label, hint, optional, dispatch_action: dispatches } = block;
  const marks = { "data-field": String(id), ...(dispatches === true && { "data-dispatches": "" }) };
  return h(
    "div",
    { className: error ? "field wrong" : "field", ...marks },
    h(
      "p",
      { className: "label", "aria-hidden": true },
      textOf(label),
      optional === true && h("span", { className: "optional" }, " (optional)"),
    ),
    control,
    error && h("p", { className: "error", role: "alert" }, error),
    hint !== undefined && h("p", { className: "hint" }, textOf(hint)),
  );
}

export const textOf = (text: unknown): string => String((text as Block | undefined)?.text ?? "");

function rendered(blocks: readonly Block[], { workspace }: Setting): ReactNode {
  return h(Message, {
    blocks: blocks.map(formatted) as MessageProps["blocks"],
    withoutWrapper: true,
    logo: "",
    name: bot.name,
    data: {
      users: [
        ...workspace.people.map(({ id, realName }) => ({ id, name: realName })),
        { id: bot.userId, name: bot.name },
      ],
      channels: workspace.channels().map(({ id, name }) => ({ id, name })),
      user_groups: workspace.groups.map(({ id, handle }) => ({ id, name: handle })),
    },
    hooks: { date: ({ timestamp, format, fallback }) => localTime(timestamp, format, fallback) },
  });
}

// A mark that word joiners hold fast formats nothing in Slack, but the renderer takes it for one.
const HELD = /\u2060([*_~`])\u2060/g;
const LOOKALIKES: Record<string, string> = { "*": "∗", _: "ˍ", "~": "∼", "`": "ˋ" };

// The renderer knows people and groups by their ids alone.
const LABELLED = /<(@\w+|!subteam\^\w+)\|[^>]*>/g;

// The renderer takes `verbatim` for "no format at all"; Slack means only that nothing becomes a link by itself.
function formatted(value: unknown): unknown {
  if (typeof value === "string") {
    return value.replace(HELD, (_, mark: string) => LOOKALIKES[mark]!).replace(LABELLED, "<$1>");
  }
  if (Array.isArray(value)) return value.map(formatted);
  if (typeof value !== "object" || value === null) return value;
  const { slack_file: file, ...rest } = value as { slack_file?: { id: string } };
  const shown = file ? { ...rest, image_url: `/files/${file.id}` } : rest;
  return Object.fromEntries(
    Object.entries(shown)
      .filter(([key]) => key !== "verbatim")
      .map(([key, item]) => [key, formatted(item)]),
  );
}
