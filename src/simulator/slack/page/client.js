// What the page does in the browser: dark or light, the reader's own time, and news as it comes.

const list = document.querySelector(".scroll");
const live = document.querySelector("#live");
const dark = matchMedia("(prefers-color-scheme: dark)");

const choose = () => {
  document.documentElement.dataset.theme = dark.matches ? "dark" : "light";
};
dark.addEventListener("change", choose);
choose();

const DAY = 86_400_000;
const midnight = (instant) => new Date(instant).setHours(0, 0, 0, 0);
/** The simulator's present, which may run elsewhere than the reader's. */
const now = () => Number(list.querySelector(".messages").dataset.now);
const part = (date, options) => new Intl.DateTimeFormat("en", options).format(date);

function pretty(date, options) {
  const days = Math.round((midnight(date) - midnight(now())) / DAY);
  const near = { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days];
  return near ?? part(date, options);
}

const long = { month: "long", day: "numeric", year: "numeric" };
const short = { month: "short", day: "numeric", year: "numeric" };
const tokens = {
  "{time}": (date) => part(date, { timeStyle: "short" }),
  "{time_secs}": (date) => part(date, { timeStyle: "medium" }),
  "{date}": (date) => part(date, long),
  "{date_num}": (date) => part(date, { dateStyle: "short" }),
  "{date_short}": (date) => part(date, short),
  "{date_long}": (date) => part(date, { ...long, weekday: "long" }),
  "{date_pretty}": (date) => pretty(date, long),
  "{date_short_pretty}": (date) => pretty(date, short),
  "{date_long_pretty}": (date) => pretty(date, { ...long, weekday: "long" }),
};

function writeTimes() {
  for (const time of list.querySelectorAll("time[data-at]")) {
    const date = new Date(Number(time.dataset.at) * 1_000);
    time.dateTime = date.toISOString();
    time.title = part(date, { dateStyle: "full", timeStyle: "long" });
    time.textContent = time.dataset.format.replace(/\{\w+\}/g, (token) => tokens[token]?.(date) ?? token);
  }
}

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
  writeTimes();
  divideDays();
  linked()?.classList.add("linked");
}

const isAtEnd = () => list.scrollHeight - list.scrollTop - list.clientHeight < 80;
const toEnd = () => {
  list.scrollTop = list.scrollHeight;
};
const idsNow = () => new Set(Array.from(list.querySelectorAll(".message"), ({ id }) => id));
const closedThreads = () =>
  new Set(Array.from(list.querySelectorAll("details:not([open])"), ({ dataset }) => dataset.thread));

function show(html) {
  const stay = isAtEnd() ? undefined : list.scrollTop;
  const known = idsNow();
  const closed = closedThreads();
  // The markup was drawn by React on the server, which escaped every text in it.
  list.innerHTML = html;
  for (const thread of list.querySelectorAll("details")) thread.open = !closed.has(thread.dataset.thread);
  for (const message of list.querySelectorAll(".message")) {
    if (!known.has(message.id)) message.classList.add("new");
  }
  finish();
  if (stay === undefined) toEnd();
  else list.scrollTop = stay;
}

let asking = false;
let askAgain = false;
async function refresh() {
  askAgain = asking;
  if (asking) return;
  asking = true;
  try {
    const answer = await fetch(`/archives/${document.body.dataset.channel}/messages`);
    if (answer.ok) show(await answer.text());
  } catch {
    // The event source says that the connection is lost, and asks again when it is back.
  } finally {
    asking = false;
  }
  if (askAgain) refresh();
}

const events = new EventSource("/events");
events.addEventListener("open", () => {
  live.textContent = "live";
  refresh();
});
events.addEventListener("message", refresh);
events.addEventListener("error", () => {
  live.textContent = "stopped";
});

finish();
if (linked()) linked().scrollIntoView({ block: "center" });
else toEnd();
