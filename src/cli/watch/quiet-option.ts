import { InputError } from "../../errors.ts";
import type { QuietHours } from "../../notifications/quiet-hours.ts";
import { readQuietSpan, readWeekdays } from "../../text/quiet-hours.ts";

/** Reads typed quiet hours: `22-7`, `22:00-07:30`, with days such as `mon-fri` or `sat,sun`. */
export function quietHours(hours: string, days: string | undefined, critical: boolean): QuietHours {
  const span = readQuietSpan(hours);
  if (!span)
    throw new InputError(`--quiet must be a range of hours such as 22-7 or 22:00-07:30. You typed ${hours}`);
  return { ...span, ...(days && { days: weekdays(days) }), critical };
}

function weekdays(text: string): number[] {
  const found = readWeekdays(text);
  if (!found)
    throw new InputError(`--quiet-days must be a list of days such as mon-fri or sat,sun. You typed ${text}`);
  return found;
}
