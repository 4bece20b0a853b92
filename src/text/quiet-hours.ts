import type { QuietHours } from "../notifications/quiet-hours.ts";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Parses a span of hours such as `22-7` or `22:00-07:30`; undefined if it is none. */
export function readQuietSpan(text: string): Pick<QuietHours, "from" | "to"> | undefined {
  const [from, to, ...more] = text.split("-").map(minutesOf);
  if (from === undefined || to === undefined || more.length > 0 || from === to || from === 24 * 60)
    return undefined;
  return { from, to };
}

function minutesOf(text: string): number | undefined {
  const [, hours, minutes = "00"] = /^(\d{1,2})(?::(\d\d))?$/.exec(text) ?? [];
  const all = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && all <= 24 * 60 ? all : undefined;
}

/** Parses weekdays such as `mon-fri` or `sat,sun` (0: Monday); undefined if they are none. */
export function readWeekdays(text: string): number[] | undefined {
  const found: number[] = [];
  for (const part of text.split(",")) {
    const [first, last = first] = part.split("-").map((word) => WEEKDAYS.indexOf(word));
    if (first === undefined || last === undefined || first < 0 || last < 0) return undefined;
    // A range may wrap over the end of the week: fri-mon.
    for (let i = 0; i <= (last - first + 7) % 7; i++) found.push((first + i) % 7);
  }
  return [...new Set(found)].sort((a, b) => a - b);
}

/** Quiet hours as people read them: `quiet 22:00-07:00 mon,tue`. */
export const quietWords = (quiet: QuietHours): string =>
  [
    `quiet ${quietSpan(quiet)}`,
    ...(quiet.days ? [weekdayWords(quiet.days)] : []),
    ...(quiet.critical ? ["critical too"] : []),
  ].join(" ");

/** `22:00-07:00`. */
export function quietSpan({ from, to }: Pick<QuietHours, "from" | "to">): string {
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return `${clock(from)}-${clock(to)}`;
}

/** `mon,tue`. */
export const weekdayWords = (days: readonly number[]): string => days.map((day) => WEEKDAYS[day]).join(",");
