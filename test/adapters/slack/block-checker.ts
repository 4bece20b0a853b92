import { elementProblems, type Json, keys, limits, list, many, plainText, text } from "./element-checker.ts";

/** Slack's limits that `limits.json` does not hold. */
const MOST_BLOCKS = 50;
const MOST_BLOCKS_OF_A_VIEW = 100;
const MOST_CHARACTERS = 13_200;
const MOST_BYTES_OF_A_VIEW = 250_000;

/** What Slack would refuse about a message's blocks, by its published limits; unknown blocks and keys are refused too. */
export function problemsIn(blocks: readonly Json[]): string[] {
  return [
    ...problemsInBlocks(blocks, ["header", "section", "context", "divider", "actions", "image"]),
    ...(blocks.length > MOST_BLOCKS ? ["too many blocks"] : []),
    ...(JSON.stringify(blocks).length > MOST_CHARACTERS ? ["too long in all"] : []),
  ];
}

/** What Slack would refuse about a modal or a Home tab. */
export function problemsInView(view: Json): string[] {
  const { type, blocks, title, submit, close, private_metadata, callback_id } = view;
  const isModal = type === "modal";
  const kinds = [
    "header",
    "section",
    "context",
    "divider",
    "actions",
    "image",
    "input",
    "data_visualization",
  ];
  const all = many(blocks) as Json[];
  const hasInput = all.some((block) => block.type === "input");
  return [
    ...(isModal || type === "home" ? [] : [`unknown view ${String(type)}`]),
    ...keys(view, [
      "type",
      "blocks",
      "private_metadata",
      "callback_id",
      "external_id",
      ...(isModal ? ["title", "submit", "close", "clear_on_close", "notify_on_close"] : []),
    ]),
    ...(isModal ? plainText(title, limits.view.title.max_length) : []),
    ...(submit === undefined ? [] : plainText(submit, limits.view.submit.max_length)),
    ...(close === undefined ? [] : plainText(close, limits.view.close.max_length)),
    ...(isModal && hasInput && submit === undefined ? ["an input needs a submit button"] : []),
    ...(String(private_metadata ?? "").length > limits.view.private_metadata.max_length
      ? ["private_metadata too long"]
      : []),
    ...(String(callback_id ?? "").length > limits.view.callback_id.max_length
      ? ["callback_id too long"]
      : []),
    ...list(blocks, MOST_BLOCKS_OF_A_VIEW),
    ...problemsInBlocks(all, kinds),
    ...(Buffer.byteLength(JSON.stringify(view)) > MOST_BYTES_OF_A_VIEW ? ["too large in all"] : []),
  ];
}

function problemsInBlocks(blocks: readonly Json[], kinds: readonly string[]): string[] {
  const ids = blocks.map((block) => block.block_id).filter((id) => id !== undefined);
  const actionIds = blocks.flatMap((block) =>
    many(block.elements).flatMap((element) => (element as Json).action_id ?? []),
  );
  return [
    ...blocks.flatMap((block, index) =>
      (kinds.includes(String(block.type)) ? check(block) : [`no place for ${String(block.type)}`]).map(
        (problem) => `block ${index}: ${problem}`,
      ),
    ),
    ...(new Set(ids).size < ids.length ? ["block_id is not unique"] : []),
    ...(ids.some((id) => String(id).length > limits.block_id.max_length) ? ["block_id too long"] : []),
    ...(blocks.some(({ elements }) => hasTwins(many(elements))) && actionIds.length > 0
      ? ["action_id is not unique within a block"]
      : []),
  ];
}

function hasTwins(elements: readonly unknown[]): boolean {
  const ids = elements.map((element) => (element as Json).action_id).filter((id) => id !== undefined);
  return new Set(ids).size < ids.length;
}

function check(block: Json): string[] {
  switch (block.type) {
    case "header":
      return [...only(block, ["text"]), ...plainText(block.text, limits.header.text.max_length)];
    case "section": {
      const { fields } = block;
      return [
        ...only(block, ["text", "fields", "accessory", "expand"]),
        ...(block.text === undefined && fields === undefined ? ["neither text nor fields"] : []),
        ...(block.text === undefined ? [] : text(block.text, limits.section.text.max_length)),
        ...(fields === undefined ? [] : list(fields, limits.section.fields.max_items)),
        ...many(fields).flatMap((field) => text(field, limits.section.fields.item_max_length)),
        ...(block.accessory === undefined ? [] : elementProblems(block.accessory)),
      ];
    }
    case "context":
      return [
        ...only(block, ["elements"]),
        ...list(block.elements, limits.context.elements.max_items),
        ...many(block.elements).flatMap((element) => text(element, limits.text.max_length)),
      ];
    case "actions":
      return [
        ...only(block, ["elements"]),
        ...list(block.elements, limits.actions.elements.max_items),
        ...many(block.elements).flatMap(elementProblems),
      ];
    case "input":
      return [
        ...only(block, ["label", "element", "hint", "optional", "dispatch_action"]),
        ...plainText(block.label, limits.input.label.max_length),
        ...(block.hint === undefined ? [] : plainText(block.hint, limits.input.hint.max_length)),
        ...elementProblems(block.element),
        ...(["button", "overflow"].includes(String((block.element as Json | undefined)?.type))
          ? ["no element of an input"]
          : []),
      ];
    case "image":
      return [
        ...only(block, ["slack_file", "alt_text", "title"]),
        ...(typeof block.alt_text === "string" &&
        Array.from(block.alt_text).length <= limits.image.alt_text.max_length
          ? []
          : ["alt_text is missing or too long"]),
      ];
    case "divider":
    case "data_visualization":
      return [];
    default:
      return [`unknown type ${String(block.type)}`];
  }
}

const only = (block: Json, known: readonly string[]): string[] => keys(block, ["type", "block_id", ...known]);
