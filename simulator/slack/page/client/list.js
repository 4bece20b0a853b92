// What stands in the channel or the Home, kept up to date; and the line in which one writes.

import { deed, display } from "./act.js";
import { keep, restore } from "./fields.js";
import { midnight, tokens, writeTimes } from "./times.js";

const list = document.querySelector(".scroll");
const { channel, tab } = document.body.dataset;
const address = tab === "home" ? "/home/view" : `/archives/${channel}/messages`;

function divideDays() {
  let day;
  for (const message of list.querySelectorAll(".messages > .message")) {
    const date = new Date(Number(message.dataset.at) * 1_000);
    if (midnight(date) === day) continue;
    day = midnight(date);
    const divider = Object.assign(document.createElement("li"), { className: "day" });
    divider.append(
      Object.assign(document.createElement("span"), { textContent: tokens["{date_long_pretty}"](date) }),
    );
    message.before(divider);
  }
}

/** The message that a permalink names. */
const linked = () => document.getElementById(location.pathname.split("/").pop());

function finish() {
  writeTimes(list);
  divideDays();
  linked()?.classList.add("linked");
}

const isAtEnd = () => tab !== "home" && list.scrollHeight - list.scrollTop - list.clientHeight < 80;
const toEnd = () => {
  list.scrollTop = list.scrollHeight;
};
const idsNow = () => new Set(Array.from(list.querySelectorAll(".message"), ({ id }) => id));
const closedThreads = () =>
  new Set(Array.from(list.querySelectorAll("details.thread:not([open])"), ({ dataset }) => dataset.thread));

let shown;
function show(html) {
  if (html === shown) return;
  shown = html;
  const stay = isAtEnd() ? undefined : list.scrollTop;
  const known = idsNow();
  const closed = closedThreads();
  const kept = keep(list);
  // The markup was drawn by React on the server, which escaped every text in it.
  list.innerHTML = html;
  for (const thread of list.querySelectorAll("details.thread")) {
    thread.open = !closed.has(thread.dataset.thread);
  }
  for (const message of list.querySelectorAll(".message")) {
    if (!known.has(message.id)) message.classList.add("new");
  }
  restore(list, kept);
  finish();
  if (stay === undefined) toEnd();
  else list.scrollTop = stay;
}

let asking = false;
let askAgain = false;
async function now() {
  askAgain = asking;
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch(address);
    if (answer.ok) show(await answer.text());
  } catch {
    // The event source says that the connection is lost, and asks again when it is back.
  } finally {
    asking = false;
  }
  if (askAgain) now();
}

export const refresh = {
  now,
  start() {
    finish();
    if (tab === "home") deed("home", {});
    if (linked()) linked().scrollIntoView({ block: "center" });
    else if (tab !== "home") toEnd();
  },
};

/** Sends what is typed in a thread. */
export function replies() {
  list.addEventListener("submit", async (event) => {
    const form = event.target.closest("[data-reply]");
    if (!form) return;
    event.preventDefault();
    const text = form.elements.text.value.trim();
    if (text === "") return;
    form.elements.text.value = "";
    const { problem } = await deed("write", { channel, text, thread: form.dataset.reply });
    if (problem) display(problem);
  });
}

/** Sends what is typed: a slash command to the app, anything else to the channel. */
export function compose() {
  const form = document.querySelector("#composer");
  form?.addEventListener("submit", async (event) => {
    event.preventDefault();
    const text = form.elements.text.value.trim();
    if (text === "") return;
    form.elements.text.value = "";
    toEnd();
    const { problem } = await deed(text.startsWith("/") ? "command" : "write", { channel, text });
    if (problem) display(problem);
  });
}
