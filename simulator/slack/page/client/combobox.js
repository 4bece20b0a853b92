// A box in which one types while the app offers: a combobox with a list box.

import { deed, dispatches, placeOf, use } from "./act.js";
import { choiceIn } from "./fields.js";

/** How long after the last key the app is asked, in milliseconds. */
const PAUSE = 150;

export function offer(body) {
  body.addEventListener("input", ({ target }) => {
    const box = target.closest(".combobox");
    if (box) later(() => box.isConnected && ask(box));
  });
  body.addEventListener("focusin", ({ target }) => {
    const box = target.closest(".combobox");
    if (box) writeChips(box);
  });
  body.addEventListener("focusout", ({ target, relatedTarget }) => {
    const box = target.closest(".combobox");
    if (box && !box.contains(relatedTarget)) leave(box);
  });
  // A press must not take the focus away before it is heard.
  body.addEventListener("mousedown", (event) => {
    if (event.target.closest("[role=option]")) event.preventDefault();
  });
  body.addEventListener("click", ({ target }) => {
    const box = target.matches("input") ? target.closest(".combobox") : null;
    if (box?.querySelector("ul").hidden) ask(box);
    const chip = target.closest(".chip");
    if (chip) drop(chip.closest(".combobox"), chip.dataset.value);
    const option = target.closest(".combobox [role=option]");
    if (option?.dataset.value !== undefined) choose(option.closest(".combobox"), option);
  });
  body.addEventListener("keydown", (event) => {
    const box = event.target.closest(".combobox");
    if (box && event.target.matches("input")) press(box, event);
  });
}

let waiting;
function later(work) {
  clearTimeout(waiting);
  waiting = setTimeout(work, PAUSE);
}

const parts = (box) => ({ input: box.querySelector("input"), list: box.querySelector("ul") });
const isSingle = (box) => box.dataset.several === undefined;
const chosenIn = (box) => JSON.parse(box.dataset.chosen);

async function ask(box) {
  const { input, list } = parts(box);
  // The name of what is chosen already is no question.
  const typed = isSingle(box) && chosenIn(box)[0]?.text === input.value ? "" : input.value;
  if (typed.length < Number(box.dataset.least)) return fold(box);
  const asked = input.value;
  list.replaceChildren(line("Loading …"));
  unfold(box);
  const found = await deed("suggest", { place: placeOf(box), action: box.dataset.action, text: typed });
  if (input.value !== asked) return;
  if (found.failure || found.problem) return list.replaceChildren(line("Oops, something went wrong."));
  const groups = found.groups ?? [{ options: found.options }];
  const lines = groups.flatMap(({ label, options }) => [
    ...(label ? [line(label.text, "group")] : []),
    ...options.map((option) => choice(box, option)),
  ]);
  list.replaceChildren(...(found.options.length > 0 ? lines : [line("No results")]));
}

function line(text, className = "still") {
  return Object.assign(document.createElement("li"), { textContent: text, className });
}

let made = 0;
function choice(box, { value, text, description }) {
  const item = line(text.text, "");
  if (description)
    item.append(Object.assign(document.createElement("small"), { textContent: description.text }));
  item.setAttribute("role", "option");
  made += 1;
  item.id = `option-${made}`;
  item.dataset.value = value;
  item.dataset.text = text.text;
  item.setAttribute("aria-selected", String(chosenIn(box).some((each) => each.value === value)));
  return item;
}

function unfold(box) {
  const { input, list } = parts(box);
  list.hidden = false;
  input.setAttribute("aria-expanded", "true");
}

function fold(box) {
  const { input, list } = parts(box);
  list.hidden = true;
  input.setAttribute("aria-expanded", "false");
  input.removeAttribute("aria-activedescendant");
}

function leave(box) {
  fold(box);
  const { input } = parts(box);
  if (isSingle(box) && input.value === "" && chosenIn(box).length > 0) write(box, []);
  else input.value = isSingle(box) ? (chosenIn(box)[0]?.text ?? "") : "";
}

function choose(box, { dataset: { value, text } }) {
  const others = isSingle(box) ? [] : chosenIn(box).filter((each) => each.value !== value);
  write(box, [...others, { value, text }]);
  const { input } = parts(box);
  input.value = isSingle(box) ? text : "";
  fold(box);
}

const drop = (box, value) =>
  write(
    box,
    chosenIn(box).filter((each) => each.value !== value),
  );

function write(box, chosen) {
  box.dataset.chosen = JSON.stringify(chosen);
  writeChips(box);
  if (dispatches(box)) use(box, choiceIn(box));
}

export function writeChips(box) {
  if (isSingle(box)) return;
  box.querySelector(".chips").replaceChildren(
    ...chosenIn(box).map(({ value, text }) => {
      const chip = Object.assign(document.createElement("button"), {
        type: "button",
        className: "chip",
        textContent: `${text} ✕`,
      });
      chip.setAttribute("aria-label", `Remove ${text}`);
      chip.dataset.value = value;
      return chip;
    }),
  );
}

function press(box, event) {
  const { input, list } = parts(box);
  const options = Array.from(list.querySelectorAll("[role=option]"));
  const at = options.findIndex(({ id }) => id === input.getAttribute("aria-activedescendant"));
  if (event.key === "ArrowDown" || event.key === "ArrowUp") {
    event.preventDefault();
    if (list.hidden) return ask(box);
    const to = options.at((at + (event.key === "ArrowDown" ? 1 : -1) + options.length) % options.length);
    for (const option of options) option.classList.toggle("active", option === to);
    if (to) input.setAttribute("aria-activedescendant", to.id);
    to?.scrollIntoView({ block: "nearest" });
  }
  if (event.key === "Enter" && !list.hidden) {
    event.preventDefault();
    if (options[at]) choose(box, options[at]);
  }
  if (event.key === "Escape" && !list.hidden) {
    event.preventDefault();
    event.stopPropagation();
    fold(box);
  }
}
