// The page in the browser: each part looks after its own.

import { listen } from "./act.js";
import { offer } from "./combobox.js";
import { compose, refresh, replies } from "./list.js";
import { watchDialog } from "./modal.js";

const dark = matchMedia("(prefers-color-scheme: dark)");
const choose = () => {
  document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
};
dark.addEventListener("change", choose);
choose();

document.querySelector("#who").addEventListener("change", ({ target }) => {
  // biome-ignore lint/suspicious/noDocumentCookie: the cookie store needs a secure origin in some browsers.
  document.cookie = `as=${target.value}; path=/; samesite=strict`;
  location.assign("/");
});

listen(document.body);
offer(document.body);
compose();
replies();
const news = watchDialog();
refresh.start();

const live = document.querySelector("#live");
const events = new EventSource("/events");
events.addEventListener("open", () => {
  live.textContent = "live";
  refresh.now();
  news();
});
events.addEventListener("message", () => {
  refresh.now();
  news();
});
events.addEventListener("error", () => {
  live.textContent = "stopped";
});
