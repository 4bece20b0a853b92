import { rowsOf } from "../../../src/adapters/braze/answers/answer.ts";
import { withEmptyHours } from "../../../src/adapters/braze/answers/empty-hours.ts";
import { dayPage, hourPage, type Page } from "../../../src/adapters/braze/answers/rows.ts";
import { packCounts } from "../../../src/adapters/redis/series/series-ring.ts";
import { metrics } from "../../../src/metrics/metrics.ts";
import { HOUR, stepOf } from "../../../src/time/time.ts";
import type { Dice } from "../dice.ts";
import { hostileJson, hostileText, mutateJson } from "../hostile.ts";
import { holds, refusedOr, type Way } from "../way.ts";

const now = Date.UTC(2026, 10, 1, 9, 20);
const zones = ["UTC", "America/New_York", "Asia/Kolkata", "Pacific/Apia"];

/** A body as Braze sends it, or nearly. */
export function brazeBody(dice: Dice): string {
  if (dice.chance(0.25)) return hostileJson(dice);
  const data = Array.from({ length: dice.int(dice.chance(0.05) ? 100 : 6) }, (_, i) => ({
    time: timeOf(dice, i),
    sessions: dice.chance(0.1) ? dice.pick([4_294_967_295, 1e21, -1, 0.5, "7"]) : dice.int(5_000),
  }));
  const sample = { message: "success", data };
  return dice.chance(0.4) ? JSON.stringify(sample) : mutateJson(sample, dice);
}

function timeOf(dice: Dice, i: number): string {
  const iso = new Date(now - (30 - i) * HOUR).toISOString();
  switch (dice.int(8)) {
    case 0:
      return iso.slice(0, 19);
    case 1:
      return `${iso.slice(0, 19)}${dice.pick(["-5:00", "+05:30", "+0100", "-12", "+15:59", "+99:00"])}`;
    case 2:
      return iso.slice(0, 10);
    case 3:
      return dice.pick([
        "9999-12-31T23:59:59Z",
        "1970-01-01T00:00:00Z",
        "1970-01-01T00:00:00+15:00",
        "2026-03-08T02:30:00",
      ]);
    case 4:
      return dice.chance(0.3) ? hostileText(dice, 4) : iso;
    default:
      return iso;
  }
}

/** What may be said to have been told by the body; every count is that of a row, or a zero between two. */
function checkPage(page: Page, body: string, unit: "hour" | "day", isFilled: boolean): void {
  const answer = JSON.parse(body) as { message: unknown; data: unknown[] | null };
  const hasRows = answer.data === null || Array.isArray(answer.data);
  holds(answer.message === "success" && hasRows, "no success was taken for one");
  const rows = (answer.data ?? []).map((raw) => (raw ?? {}) as { time?: unknown; sessions?: unknown });
  const counts = new Set(rows.map(({ sessions }) => sessions));
  const lost = rows.length > 0 && page.counts.size + page.unclear.size === 0 && !page.hasStrays;
  holds(!lost, "rows were dropped without a word");
  // A row without a time may be of any hour: what is said of the hours that have none depends on it.
  const isPlaced = rows.every(({ time }) => typeof time === "string");
  holds(isPlaced || page.hasStrays, "a row without a time was dropped without a word");
  for (const [bucket, { value, ends }] of page.counts) {
    holds(bucket % stepOf(unit) === 0 && ends > bucket, `${bucket} is no bucket`);
    holds(
      counts.has(value) || (isFilled && isPlaced && value === 0),
      `${value} sessions were told by no row`,
    );
    packCounts(`main.ios.all.${unit}`, [{ bucket, value }], bucket, bucket);
  }
}

export const brazeAnswers: Way = {
  name: "braze-bodies",
  what: "bodies of Braze's answers",
  share: 290_000,
  open: () => ({
    strike(dice) {
      const body = brazeBody(dice);
      const [unit, isFilled, zone] = [
        dice.pick(["hour", "day"] as const),
        dice.chance(0.5),
        dice.pick(zones),
      ];
      const page = refusedOr(() => {
        const rows = rowsOf(body, metrics.sessions);
        if (unit === "day") return dayPage(rows, zone);
        const hours = hourPage(rows, zone, now);
        return isFilled ? withEmptyHours(hours) : hours;
      });
      if (page) checkPage(page, body, unit, isFilled);
      return page === undefined;
    },
  }),
};
