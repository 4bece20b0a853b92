// What a person does with buttons, menus and fields, told to the simulator.

import { confirmed } from "./confirm.js";
import { choiceIn, valuesIn } from "./fields.js";

/** Tells the simulator, and answers what came of it. */
export async function deed(name, what) {
  try {
    const answer = await fetch(`/do/${name}`, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(what),
    });
    return await answer.json();
  } catch {
    return { failure: "connection_lost" };
  }
}

const toast = document.querySelector("#toast");
let hide;
/** Says something for some seconds. */
export function display(words) {
  toast.textContent = words;
  toast.hidden = false;
  clearTimeout(hide);
  hide = setTimeout(() => {
    toast.hidden = true;
  }, 8_000);
}

/** Where a control stands: in a view, or in a message. */
export function placeOf(control) {
  const view = control.closest("[data-view]");
  if (view) return { view: view.dataset.view };
  const channel = control.closest("[data-channel]").dataset.channel;
  return { channel, ts: control.closest("[data-ts]").dataset.ts };
}

/** Whether its use is told at once: most fields of a form wait for its button. */
export const dispatches = (control) => !control.closest("[data-field]:not([data-dispatches])");

export async function use(control, choice) {
  const { action, block, confirm } = control.dataset;
  if (confirm && !(await confirmed(JSON.parse(confirm)))) return;
  const form = control.closest("form[data-view]");
  const busy = control.matches("button") ? control : control.querySelector("button, summary, input");
  busy?.setAttribute("aria-busy", "true");
  const { failure, problem } = await deed("click", {
    place: placeOf(control),
    action,
    block,
    ...(choice !== undefined && { choice }),
    ...(form && { values: valuesIn(form) }),
  });
  busy?.removeAttribute("aria-busy");
  if (failure) display(`This app did not respond as it should (${failure}). Try again.`);
  if (problem) display(problem);
}

/** Uses a shortcut in the menu of a message. */
async function choose(shortcut) {
  shortcut.closest("details").open = false;
  const { failure, problem } = await deed("shortcut", {
    place: placeOf(shortcut),
    action: shortcut.dataset.shortcut,
  });
  if (failure) display(`This app did not respond as it should (${failure}). Try again.`);
  if (problem) display(problem);
}

/** Listens for everything that is pressed or chosen. */
export function listen(body) {
  body.addEventListener("click", ({ target }) => {
    const item = target.closest("[data-choice]");
    const menu = item?.closest("[data-kind=overflow]");
    if (menu) {
      menu.open = false;
      use(menu, item.dataset.choice);
      return;
    }
    const shortcut = target.closest("[data-shortcut]");
    if (shortcut) choose(shortcut);
    const button = target.closest("[data-kind=button]");
    if (button && button.getAttribute("aria-busy") !== "true") use(button);
    closeOthers(target);
  });
  body.addEventListener("change", ({ target }) => {
    const control = target.closest("[data-kind]");
    if (!control || control.matches(".combobox")) return;
    if (control.matches(".several")) writeSummary(control);
    if (dispatches(control)) use(control, choiceIn(control));
  });
  body.addEventListener("keydown", ({ key, target }) => {
    const open = key === "Escape" && target.closest("details[data-kind][open]");
    if (!open) return;
    open.open = false;
    open.querySelector("summary").focus();
  });
}

/** An open menu closes when something else is pressed. */
function closeOthers(target) {
  for (const open of document.querySelectorAll("details[data-kind][open]")) {
    if (!open.contains(target)) open.open = false;
  }
}

function writeSummary(control) {
  const names = Array.from(
    control.querySelectorAll("input:checked"),
    (input) => input.parentElement.textContent,
  );
  control.querySelector("summary").textContent = names.join(", ") || "Choose …";
}
