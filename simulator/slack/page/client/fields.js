// What stands in the controls of a form, to be sent, or to be put back when the form is drawn anew.

/** The value of a control that `data-kind` marks: a text, or a list where several may be chosen. */
export function choiceIn(control) {
  const { kind } = control.dataset;
  if (kind === "datetimepicker") return control.value && String(Date.parse(`${control.value}Z`) / 1_000);
  if (control.matches(".combobox")) {
    const values = JSON.parse(control.dataset.chosen).map(({ value }) => value);
    return control.dataset.several === undefined ? (values[0] ?? "") : values;
  }
  if (control.matches(".several, .ticks")) {
    const ticked = Array.from(control.querySelectorAll("input:checked"), ({ value }) => value);
    return kind === "radio_buttons" ? (ticked[0] ?? "") : ticked;
  }
  return control.value;
}

const keyOf = (control) => {
  const { block, action } = control.dataset;
  return `${control.closest("[data-ts]")?.dataset.ts ?? ""} ${block} ${action}`;
};

/** The values of a form's input fields, by block. */
export const valuesIn = (form) =>
  Object.fromEntries(
    Array.from(form.querySelectorAll("[data-field] [data-kind]"), (control) => [
      control.dataset.block,
      choiceIn(control),
    ]),
  );

/** Whether a person has changed a control since it was drawn. */
function isTouched(control) {
  if (control.matches("input, textarea")) return control.value !== control.defaultValue;
  if (control.matches("select")) {
    return Array.from(control.options).some(({ selected, defaultSelected }) => selected !== defaultSelected);
  }
  if (control.matches(".combobox")) return true;
  return Array.from(control.querySelectorAll("input")).some(
    ({ checked, defaultChecked }) => checked !== defaultChecked,
  );
}

/** What a control holds, to be put back into another one of the same kind. */
const heldIn = (control) => ({
  value: choiceIn(control),
  ...(control.matches(".combobox") && {
    chosen: control.dataset.chosen,
    typed: control.querySelector("input").value,
  }),
});

/** What a person has filled in and where the focus is, of what is about to be drawn anew. */
export function keep(within) {
  const controls = Array.from(within.querySelectorAll("[data-kind]:not([data-kind=button])"));
  const focused = document.activeElement?.closest("[data-kind]");
  return {
    view: within.querySelector("[data-view]")?.dataset.view,
    held: new Map(controls.filter(isTouched).map((control) => [keyOf(control), heldIn(control)])),
    focus: focused && within.contains(focused) ? keyOf(focused) : undefined,
    open: controls.filter((control) => control.matches("details[open]")).map(keyOf),
  };
}

/** Puts it back where the same controls are still there. */
export function restore(within, { view, held, focus, open }) {
  if (within.querySelector("[data-view]")?.dataset.view !== view) return;
  for (const control of within.querySelectorAll("[data-kind]")) {
    const key = keyOf(control);
    if (held.has(key)) putBack(control, held.get(key));
    if (open.includes(key) && control.matches("details")) control.open = true;
    if (key === focus) (control.querySelector("input, summary") ?? control).focus();
    // What was being searched for is searched for again: its offers went with the old form.
    if (key === focus && isSearched(control)) {
      control.querySelector("input").dispatchEvent(new Event("input", { bubbles: true }));
    }
  }
}

function isSearched(control) {
  if (!control.matches(".combobox")) return false;
  const typed = control.querySelector("input").value;
  return typed !== "" && !JSON.parse(control.dataset.chosen).some(({ text }) => text === typed);
}

function putBack(control, { value, chosen, typed }) {
  if (control.matches(".combobox")) {
    if (chosen === undefined) return;
    control.dataset.chosen = chosen;
    control.querySelector("input").value = typed;
  } else if (control.matches("input, textarea, select")) {
    control.value = value;
  } else {
    for (const input of control.querySelectorAll("input")) {
      input.checked = [value].flat().includes(input.value);
    }
  }
}
