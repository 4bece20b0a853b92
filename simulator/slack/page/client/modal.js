// The modal on top of those that are open, as a real dialog.

import { deed } from "./act.js";
import { keep, restore, valuesIn } from "./fields.js";
import { writeTimes } from "./times.js";

const dialog = document.querySelector("#dialog");

/** Follows the modals; answers what to call when something may have changed. */
export function watchDialog() {
  dialog.addEventListener("submit", submit);
  dialog.addEventListener("click", ({ target }) => {
    if (target.closest("[data-back]")) deed("dismiss", { which: "top" });
    const which = target.closest("[data-dismiss]")?.dataset.dismiss;
    if (which) deed("dismiss", { which });
  });
  dialog.addEventListener("cancel", (event) => {
    event.preventDefault();
    deed("dismiss", { which: "top" });
  });
  return refresh;
}

let asking = false;
let askAgain = false;
async function refresh() {
  askAgain = asking;
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch("/dialog");
    if (answer.ok) show(await answer.text());
  } catch {
    // The event source says that the connection is lost, and asks again when it is back.
  } finally {
    asking = false;
  }
  if (askAgain) refresh();
}

function show(html) {
  if (html === "") {
    dialog.close();
    dialog.replaceChildren();
    return;
  }
  const next = document.createElement("template");
  // The markup was drawn by React on the server, which escaped every text in it.
  next.innerHTML = html;
  const before = dialog.querySelector("form");
  const after = next.content.querySelector("form");
  if (before?.dataset.version === after.dataset.version) return;
  const kept = keep(dialog);
  const scrolled = dialog.querySelector(".fields")?.scrollTop ?? 0;
  dialog.replaceChildren(next.content);
  writeTimes(dialog);
  restore(dialog, kept);
  if (!dialog.open) dialog.showModal();
  const isSame = before?.dataset.view === after.dataset.view;
  if (isSame) dialog.querySelector(".fields").scrollTop = scrolled;
  const wrong = dialog.querySelector(".wrong :is(input, textarea, select, summary)");
  const first = dialog.querySelector("[data-focus], .fields :is(input, textarea, select, summary)");
  if (wrong) wrong.focus();
  else if (!isSame) first?.focus();
}

async function submit(event) {
  event.preventDefault();
  const form = event.target;
  const button = form.querySelector("[type=submit]");
  if (button.getAttribute("aria-busy") === "true") return;
  button.setAttribute("aria-busy", "true");
  const { failure, problem } = await deed("submit", { view: form.dataset.view, values: valuesIn(form) });
  button.removeAttribute("aria-busy");
  const words = form.querySelector(".problem");
  words.hidden = !failure && !problem;
  if (failure) words.textContent = `We had some trouble connecting (${failure}). Try again?`;
  if (problem) words.textContent = problem;
}
