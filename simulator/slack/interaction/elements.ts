import type { Block } from "../message.ts";

/** An element that a person can use, and where it stands. */
export interface Element {
  readonly block: Block;
  readonly element: Block;
  readonly blockId: string;
  readonly actionId: string;
  /** Whether it waits for the form to be submitted. */
  readonly isInput: boolean;
  /** Whether its use is told to the app at once. */
  readonly dispatches: boolean;
}

/** Blocks with an id on each block and element, as Slack gives to those without. */
export const named = (blocks: readonly Block[]): Block[] =>
  blocks.map((block, index) => {
    const ids = { block_id: block.block_id ?? `auto-${index + 1}` };
    const { accessory, element, elements } = block as Partial<Record<string, Block>>;
    if (block.type === "section" && accessory) return { ...block, ...ids, accessory: withId(accessory, 0) };
    if (block.type === "input" && element) return { ...block, ...ids, element: withId(element, 0) };
    if (block.type === "actions" && Array.isArray(elements)) {
      return { ...block, ...ids, elements: elements.map(withId) };
    }
    return { ...block, ...ids };
  });

const withId = (element: Block, index: number): Block =>
  element.type === "image" ? element : { ...element, action_id: element.action_id ?? `auto-${index + 1}` };

/** What a person can use in blocks that have ids. */
export const elementsIn = (blocks: readonly Block[]): Element[] =>
  blocks.flatMap((block) => {
    const isInput = block.type === "input";
    return elementsOf(block)
      .filter(({ action_id: id }) => typeof id === "string")
      .map((element) => ({
        block,
        element,
        blockId: String(block.block_id),
        actionId: String(element.action_id),
        isInput,
        dispatches: !isInput || block.dispatch_action === true,
      }));
  });

function elementsOf({ type, accessory, element, elements }: Block): Block[] {
  if (type === "section" && accessory) return [accessory as Block];
  if (type === "input" && element) return [element as Block];
  return type === "actions" && Array.isArray(elements) ? (elements as Block[]) : [];
}
