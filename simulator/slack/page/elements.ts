import { createElement as h, type ReactNode } from "react";
import { type Option, optionsOf, type Pick } from "../interaction/picks.ts";
import type { Block } from "../message.ts";
import type { Workspace } from "../workspace.ts";

/** Where an element is drawn. */
export interface Spot {
  readonly block: string;
  readonly workspace: { readonly people: Workspace["people"]; readonly channels: Workspace["channels"] };
  /** What it is called, where something beside it says so. */
  readonly label?: string;
}

/** Something that a person can use, as a real control; `pick` is what stands in it. */
export function drawElement(element: Block, pick: Pick, spot: Spot): ReactNode {
  const { type } = element;
  const draw = kinds[String(type)];
  return draw ? draw(element, pick, spot) : h("span", { className: "unknown" }, `(${String(type)})`);
}

type Draw = (element: Block, pick: Pick, spot: Spot) => ReactNode;

const textOf = (text: unknown): string => String((text as Block | undefined)?.text ?? "");

/** What the page's own code has to know of an element. */
const known = ({ type, action_id: action, confirm }: Block, { block }: Spot) => ({
  "data-kind": String(type),
  "data-action": String(action),
  "data-block": block,
  ...(confirm !== undefined && { "data-confirm": JSON.stringify(confirm) }),
});
const named = ({ placeholder }: Block, { label }: Spot) => ({
  "aria-label": label || textOf(placeholder) || "Choose",
});

const button: Draw = (element, _, spot) => {
  const { text, style, value, url, accessibility_label: label } = element;
  const props = {
    ...known(element, spot),
    className: ["button", style].filter(Boolean).join(" "),
    ...(value !== undefined && { "data-value": String(value) }),
    ...(label !== undefined && { "aria-label": String(label) }),
  };
  return typeof url === "string" && /^https?:/.test(url)
    ? h("a", { ...props, href: url, target: "_blank", rel: "noreferrer" }, textOf(text))
    : h("button", { ...props, type: "button" }, textOf(text));
};

const choice = ({ value, text }: Option) => h("option", { key: value, value }, textOf(text));

const select =
  (offered: (element: Block, spot: Spot) => ReactNode[], chosen: (pick: Pick) => string): Draw =>
  (element, pick, spot) =>
    h(
      "select",
      { ...known(element, spot), ...named(element, spot), defaultValue: chosen(pick) },
      h("option", { value: "" }, textOf(element.placeholder) || "Choose …"),
      ...offered(element, spot),
    );

const grouped = (element: Block): ReactNode[] =>
  ((element.option_groups as { label: unknown; options: Option[] }[] | undefined) ?? []).map(
    ({ label, options }) =>
      h("optgroup", { key: textOf(label), label: textOf(label) }, ...options.map(choice)),
  );
const listed = (element: Block): ReactNode[] => ((element.options as Option[] | undefined) ?? []).map(choice);
const people = (_: Block, { workspace }: Spot): ReactNode[] =>
  workspace.people.map(({ id, realName }) => h("option", { key: id, value: id }, realName));
const channels = (_: Block, { workspace }: Spot): ReactNode[] =>
  workspace.channels().map(({ id, name }) => h("option", { key: id, value: id }, `#${name}`));

const optionIn = ({ selected_option: option }: Pick): string => (option as Option | null)?.value ?? "";
const optionsIn = ({ selected_options: options }: Pick): string[] =>
  ((options as Option[] | undefined) ?? []).map(({ value }) => value);
const textIn = (key: string) => (pick: Pick) => String(pick[key] ?? "");

/** Several of few: a closed box that says how many, and opens to a list. */
const several =
  (offered: (element: Block, spot: Spot) => Option[], chosen: (pick: Pick) => string[]): Draw =>
  (element, pick, spot) => {
    const options = offered(element, spot);
    const now = chosen(pick);
    const names = options.filter(({ value }) => now.includes(value)).map(({ text }) => textOf(text));
    return h(
      "details",
      { ...known(element, spot), className: "several" },
      h("summary", named(element, spot), names.join(", ") || textOf(element.placeholder) || "Choose …"),
      h("div", { className: "list" }, ...options.map(ticked(element, spot, "checkbox", now))),
    );
  };

const asOption = (value: string, text: string): Option => ({ value, text: { type: "plain_text", text } });

const ticked = (element: Block, spot: Spot, type: "checkbox" | "radio", chosen: readonly string[]) =>
  function tick({ value, text, description }: Option) {
    return h(
      "label",
      { key: value },
      h("input", {
        type,
        name: `${spot.block}/${String(element.action_id)}`,
        value,
        defaultChecked: chosen.includes(value),
      }),
      h("span", null, textOf(text), description !== undefined && h("small", null, textOf(description))),
    );
  };

const ticks =
  (type: "checkbox" | "radio", chosen: (pick: Pick) => string[]): Draw =>
  (element, pick, spot) =>
    h(
      "fieldset",
      { ...known(element, spot), className: "ticks" },
      h("legend", { className: "unseen" }, spot.label || "Choose"),
      ...optionsOnce(element).map(ticked(element, spot, type, chosen(pick))),
    );

const optionsOnce = (element: Block): Option[] => (element.options as Option[] | undefined) ?? [];

const overflow: Draw = (element, _, spot) =>
  h(
    "details",
    { ...known(element, spot), className: "overflow" },
    h("summary", { "aria-label": "More actions", role: "button" }, "⋯"),
    h(
      "div",
      { role: "menu", className: "list" },
      ...optionsOnce(element).map(({ value, text }) =>
        h("button", { key: value, type: "button", role: "menuitem", "data-choice": value }, textOf(text)),
      ),
    ),
  );

/** A box in which one types, and the app offers. */
const external =
  (isMulti: boolean): Draw =>
  (element, pick, spot) => {
    const chosen = isMulti
      ? ((pick.selected_options as Option[] | undefined) ?? [])
      : [pick.selected_option as Option | null].filter((option) => option !== null && option !== undefined);
    const id = `list-${spot.block}-${String(element.action_id)}`;
    return h(
      "div",
      {
        ...known(element, spot),
        className: "combobox",
        "data-least": String(element.min_query_length ?? 3),
        ...(isMulti && { "data-several": "" }),
        "data-chosen": JSON.stringify(chosen.map(({ value, text }) => ({ value, text: textOf(text) }))),
      },
      h("span", { className: "chips" }),
      h("input", {
        type: "text",
        role: "combobox",
        autoComplete: "off",
        "aria-expanded": false,
        "aria-controls": id,
        "aria-autocomplete": "list",
        ...named(element, spot),
        placeholder: textOf(element.placeholder),
        defaultValue: isMulti ? "" : textOf(chosen[0]?.text),
      }),
      h("ul", { role: "listbox", id, hidden: true }),
    );
  };

const typed =
  (type: string): Draw =>
  (element, pick, spot) => {
    const props = {
      ...known(element, spot),
      "aria-label": spot.label || textOf(element.placeholder) || "Text",
      placeholder: textOf(element.placeholder),
      defaultValue: String(pick.value ?? ""),
      autoComplete: "off",
      ...(element.focus_on_load === true && { "data-focus": "" }),
    };
    return element.multiline === true
      ? h("textarea", { ...props, rows: 4 })
      : h("input", {
          ...props,
          type,
          ...(type === "number" && { step: element.is_decimal_allowed ? "any" : "1" }),
        });
  };

const dated =
  (type: string, key: string): Draw =>
  (element, pick, spot) =>
    h("input", {
      ...known(element, spot),
      ...named(element, spot),
      type,
      defaultValue:
        type === "datetime-local" && pick[key]
          ? new Date(Number(pick[key]) * 1_000).toISOString().slice(0, 16)
          : String(pick[key] ?? ""),
    });

const peopleOptions = (_: Block, { workspace }: Spot) =>
  workspace.people.map(({ id, realName }) => asOption(id, realName));
const channelOptions = (_: Block, { workspace }: Spot) =>
  workspace.channels().map(({ id, name }) => asOption(id, `#${name}`));
const idsIn = (key: string) => (pick: Pick) => (pick[key] as string[] | undefined) ?? [];

const kinds: Record<string, Draw> = {
  button,
  overflow,
  static_select: select((element) => [...grouped(element), ...listed(element)], optionIn),
  users_select: select(people, textIn("selected_user")),
  channels_select: select(channels, textIn("selected_channel")),
  conversations_select: select(channels, textIn("selected_conversation")),
  external_select: external(false),
  multi_external_select: external(true),
  multi_static_select: several(optionsOf, optionsIn),
  multi_users_select: several(peopleOptions, idsIn("selected_users")),
  multi_channels_select: several(channelOptions, idsIn("selected_channels")),
  multi_conversations_select: several(channelOptions, idsIn("selected_conversations")),
  checkboxes: ticks("checkbox", optionsIn),
  radio_buttons: ticks("radio", (pick) => [optionIn(pick)]),
  datepicker: dated("date", "selected_date"),
  timepicker: dated("time", "selected_time"),
  datetimepicker: dated("datetime-local", "selected_date_time"),
  plain_text_input: typed("text"),
  email_text_input: typed("email"),
  url_text_input: typed("url"),
  number_input: typed("number"),
};
