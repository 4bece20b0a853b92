import type { QuietHours } from "../core/quiet-hours.ts";
import { InputError } from "../errors.ts";

const WEEKDAYS = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];

/** Reads quiet hours as they are typed: `22-7`, `22:00-07:30`, with days such as `mon-fri` or `sat,sun`. */
export function quietHours(hours: string, days: string | undefined, critical: boolean): QuietHours {
  const [from, to, ...more] = hours.split("-").map(minutesOf);
  if (from === undefined || to === undefined || more.length > 0 || from === to || from === 24 * 60)
    throw new InputError(`--quiet ${hours} is no span of hours such as 22-7 or 22:00-07:30`);
  return { from, to, ...(days && { days: weekdays(days) }), critical };
}

function minutesOf(text: string): number | undefined {
  const [, hours, minutes = "00"] = /^(\d{1,2})(?::(\d\d))?$/.exec(text) ?? [];
  const all = Number(hours) * 60 + Number(minutes);
  return Number(minutes) < 60 && all <= 24 * 60 ? all : undefined;
}

function weekdays(text: string): number[] {
  const found = text.split(",").flatMap((part) => {
    const [first, last = first] = part.split("-").map((word) => WEEKDAYS.indexOf(word));
    if (first === undefined || last === undefined || first < 0 || last < 0)
      throw new InputError(`--quiet-days ${text} is no list of days such as mon-fri or sat,sun`);
    // Over the end of the week, too: fri-mon.
    return Array.from({ length: ((last - first + 7) % 7) + 1 }, (_, i) => (first + i) % 7);
  });
  return [...new Set(found)].sort((a, b) => a - b);
}

/** Quiet hours as people read them: `quiet 22:00-07:00 mon,tue`. */
export function quietWords({ from, to, days, critical }: QuietHours): string {
  const clock = (minutes: number) =>
    `${String(Math.floor(minutes / 60)).padStart(2, "0")}:${String(minutes % 60).padStart(2, "0")}`;
  return [
    `quiet ${clock(from)}-${clock(to)}`,
    ...(days ? [days.map((day) => WEEKDAYS[day]).join(",")] : []),
    ...(critical ? ["critical too"] : []),
  ].join(" ");
}
