import type { InputBlock, ModalView } from "@slack/types";
import { plain } from "../blocks/elements.ts";

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

/** The channel in which a form was opened, out of what it remembers; undefined where there was none. */
export function openedIn(metadata: string): string | undefined {
  try {
    const { openedIn } = JSON.parse(metadata) as { openedIn?: unknown };
    return typeof openedIn === "string" && openedIn !== "" ? openedIn : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The block of a field. What depends on another field carries its value, so that Slack does not keep a choice that is
 * none any more.
 */
export const blockIdOf = (field: string, of = ""): string => (of === "" ? field : `${field}/${of}`);

/** Which field a block holds. */
export const fieldOf = (blockId: string): string => blockId.split("/", 1)[0]!;

/** How a payload is read that may lack what nobody touched. */
export interface Reading {
  /** The value of the field that this one depends on: a block of another is of a choice that is none any more. */
  readonly of?: string;
  /** Whether Slack sends fields empty that nobody touched, so that an empty one tells nothing. */
  readonly isForgetful?: boolean;
}

/**
 * What a payload carries of a field; undefined for nothing. A view that was drawn anew may come back without the values
 * that nobody touched, whether they are left out or empty.
 */
export function carriedIn(
  values: FormValues,
  field: string,
  { of, isForgetful }: Reading = {},
): FormValue | undefined {
  const block = Object.keys(values).find((id) =>
    of === undefined ? fieldOf(id) === field : id === blockIdOf(field, of),
  );
  const value = block === undefined ? undefined : Object.values(values[block]!)[0];
  return value && isForgetful && isEmpty(value) ? undefined : value;
}

/** Whether one of these fields, of which none can be emptied, came back empty: then Slack sends the untouched so. */
export const areForgotten = (values: FormValues, fields: readonly string[]): boolean =>
  fields.some((field) => {
    const value = carriedIn(values, field);
    return value !== undefined && isEmpty(value);
  });

const isEmpty = (value: FormValue): boolean =>
  Object.entries(value).every(
    ([key, held]) =>
      key === "type" || held == null || held === "" || (Array.isArray(held) && held.length === 0),
  );

/** Text as typed, without the blanks around it; undefined for none. */
export const textOf = ({ value }: FormValue): string | undefined => value?.trim() || undefined;

/** What comes back from a choice; undefined for none. */
export const choiceOf = ({ selected_option: chosen }: FormValue): string | undefined => chosen?.value;

/** What comes back from each box that is ticked. */
export const ticksOf = ({ selected_options: chosen }: FormValue): string[] =>
  (chosen ?? []).flatMap(({ value }) => value ?? []);

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
