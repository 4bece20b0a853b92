import { InputError } from "../../errors.ts";
import type { QuietHours } from "../../notifications/quiet-hours.ts";
import { readQuietSpan, readWeekdays } from "../../text/quiet-hours.ts";

/** Reads typed quiet hours: `22-7`, `22:00-07:30`, with days such as `mon-fri` or `sat,sun`. */
export function quietHours(hours: string, days: string | undefined, critical: boolean): QuietHours {
  const span = readQuietSpan(hours);
  if (!span) throw new InputError(`--quiet ${hours} is no span of hours such as 22-7 or 22:00-07:30`);
  return { ...span, ...(days && { days: weekdays(days) }), critical };
}

function weekdays(text: string): number[] {
  const found = readWeekdays(text);
  if (!found) throw new InputError(`--quiet-days ${text} is no list of days such as mon-fri or sat,sun`);
  return found;
}
