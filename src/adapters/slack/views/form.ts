import type { InputBlock, ModalView } from "@slack/types";
import { plain } from "../elements.ts";

/** What Slack tells of one element of a modal: what was typed or chosen. */
export interface FormValue {
  readonly value?: string | null;
  readonly selected_option?: Chosen | null;
  readonly selected_options?: readonly Chosen[];
  readonly selected_conversation?: string | null;
  readonly selected_user?: string | null;
  readonly selected_time?: string | null;
  readonly selected_date_time?: number | null;
}

interface Chosen {
  readonly value?: string;
  readonly text: { readonly text: string };
}

/** `view.state.values`: block, action, value. */
export type FormValues = Readonly<Record<string, Readonly<Record<string, FormValue>>>>;

/** What was wrong with what was typed, by the block it stands in. */
export type FormErrors = Readonly<Record<string, string>>;

/**
 * The block of a field. What depends on another field carries its value, so that Slack does not keep a choice that is
 * none any more.
 */
export const blockIdOf = (field: string, of = ""): string => (of === "" ? field : `${field}/${of}`);

/** Which field a block holds. */
export const fieldOf = (blockId: string): string => blockId.split("/", 1)[0]!;

/** What stands in a field; nothing where it is not shown. */
export function fieldIn(values: FormValues, field: string): FormValue {
  const block = Object.keys(values).find((id) => fieldOf(id) === field);
  return (block && Object.values(values[block]!)[0]) || {};
}

/** Text as typed, without the blanks around it; undefined for none. */
export const textIn = (values: FormValues, field: string): string | undefined =>
  fieldIn(values, field).value?.trim() || undefined;

/** What comes back from a choice; undefined for none. */
export const choiceIn = (values: FormValues, field: string): string | undefined =>
  fieldIn(values, field).selected_option?.value;

/** What comes back from each box that is ticked. */
export const ticksIn = (values: FormValues, field: string): string[] =>
  (fieldIn(values, field).selected_options ?? []).flatMap(({ value }) => value ?? []);

/** Errors beside the blocks there are: what is about a field that is not shown stands at the first. */
export function errorsAt(
  view: Pick<ModalView, "blocks">,
  errors: Readonly<Record<string, string>>,
): FormErrors {
  const ids = view.blocks.filter(({ type }) => type === "input").map(({ block_id }) => block_id ?? "");
  return Object.fromEntries(
    Object.entries(errors).map(([field, error]) => [
      ids.find((id) => fieldOf(id) === field) ?? ids[0] ?? field,
      Array.from(error).slice(0, 300).join(""),
    ]),
  );
}

interface InputOptions {
  readonly hint?: string;
  readonly optional?: boolean;
  /** Whether a choice is told at once, so that the view can follow it. */
  readonly dispatch?: boolean;
  readonly of?: string;
}

/** A field with its name. */
export const input = (
  field: string,
  label: string,
  element: InputBlock["element"],
  { hint, optional, dispatch, of }: InputOptions = {},
): InputBlock => ({
  type: "input",
  block_id: blockIdOf(field, of),
  label: plain(label, 200),
  element,
  ...(hint && { hint: plain(hint, 500) }),
  ...(optional && { optional }),
  ...(dispatch && { dispatch_action: dispatch }),
});
