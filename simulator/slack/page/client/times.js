// Writes instants in the reader's own time.

const DAY = 86_400_000;
export const midnight = (instant) => new Date(instant).setHours(0, 0, 0, 0);
/** The simulator's present, which may run elsewhere than the reader's. */
const now = () => Number(document.querySelector("[data-now]").dataset.now);
const part = (date, options) => new Intl.DateTimeFormat("en", options).format(date);

function pretty(date, options) {
  const days = Math.round((midnight(date) - midnight(now())) / DAY);
  const near = { "-1": "yesterday", 0: "today", 1: "tomorrow" }[days];
  return near ?? part(date, options);
}

const long = { month: "long", day: "numeric", year: "numeric" };
const short = { month: "short", day: "numeric", year: "numeric" };
export const tokens = {
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

export function writeTimes(within) {
  for (const time of within.querySelectorAll("time[data-at]")) {
    const date = new Date(Number(time.dataset.at) * 1_000);
    time.dateTime = date.toISOString();
    time.title = part(date, { dateStyle: "full", timeStyle: "long" });
    time.textContent = time.dataset.format.replace(/\{\w+\}/g, (token) => tokens[token]?.(date) ?? token);
  }
}
