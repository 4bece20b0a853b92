import type { DateTimepicker, InputBlock, ModalView } from "@slack/types";
import { type Instant, SECOND } from "../../../time/time.ts";
import { plain } from "../blocks/elements.ts";

/** Slack's value of one element of a modal: what was typed or chosen. */
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

/** The errors of a form, by block. */
export type FormErrors = Readonly<Record<string, string>>;

/** The channel in which a form was opened, from its metadata; undefined when there was none. */
export function openedIn(metadata: string): string | undefined {
  try {
    const { openedIn } = JSON.parse(metadata) as { openedIn?: unknown };
    return typeof openedIn === "string" && openedIn !== "" ? openedIn : undefined;
  } catch {
    return undefined;
  }
}

/**
 * The block id of a field. A field that depends on another contains that field's value, so that Slack drops a choice
 * that is no longer valid.
 */
export const blockIdOf = (field: string, of = ""): string => (of === "" ? field : `${field}/${of}`);

/** The field of a block. */
export const fieldOf = (blockId: string): string => blockId.split("/", 1)[0]!;

/** How to read a payload that may omit fields that nobody edited. */
export interface Reading {
  /** The value of the field that this one depends on. A block with another value belongs to an outdated choice. */
  readonly of?: string;
  /** Whether Slack sends unedited fields as empty, so that an empty field says nothing. */
  readonly isForgetful?: boolean;
}

/**
 * The value of a field in a payload; undefined when it is missing. A view that was updated may return without the
 * values that nobody edited, either missing or empty.
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

/** Whether a field that cannot be empty came back empty. Slack then sends all unedited fields as empty. */
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

/** The typed text without surrounding spaces; undefined when empty. */
export const textOf = ({ value }: FormValue): string | undefined => value?.trim() || undefined;

/** The chosen value; undefined when there is none. */
export const choiceOf = ({ selected_option: chosen }: FormValue): string | undefined => chosen?.value;

/** The values of all ticked boxes. */
export const ticksOf = ({ selected_options: chosen }: FormValue): string[] =>
  (chosen ?? []).flatMap(({ value }) => value ?? []);

/** The chosen date and time; undefined when there is none. */
export function instantIn(values: FormValues, field: string): Instant | undefined {
  const seconds = carriedIn(values, field)?.selected_date_time;
  return seconds ? seconds * SECOND : undefined;
}

/** The last instant that a date can name. */
export const LATEST: Instant = 8.64e15;

/** A date and time, which is never empty. */
export const dateTime = (action: string, at: Instant): DateTimepicker => ({
  type: "datetimepicker",
  action_id: action,
  initial_date_time: Math.floor(at / SECOND),
});

/** Errors beside the blocks of the view. An error about a field that is not shown is placed at the first block. */
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
  /** Whether Slack sends a choice at once, so that the view can follow it. */
  readonly dispatch?: boolean;
  readonly of?: string;
}

/** A field with its label. */
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
