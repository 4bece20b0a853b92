import { perform } from "../../src/commands/perform.ts";
import { createLog } from "../../src/log.ts";
import { homeOf } from "../../src/pipeline/reports/home.ts";
import { review } from "../../src/pipeline/reports/weekly-review.ts";
import { HOUR, hourOf, WEEK } from "../../src/time/time.ts";
import { setStage } from "../support/stage.ts";
import { type Figure, printFigures, timed } from "./figure.ts";
import { fill } from "./fill.ts";
import { fleetOf } from "./fleet.ts";

/** How long people wait for what shows all watches, the second time they ask: with eight weeks of history of each. */
export async function benchScreens(watches: number): Promise<Figure[]> {
  const hour = hourOf(Date.now()) - HOUR;
  const { bot, close, passTo } = await setStage(hour, { logLevel: "error" });
  try {
    passTo(hour);
    await fill(bot, fleetOf(watches, "sessions"), hour);
    const log = createLog("silent");
    const actor = { user: "U0BENCH01", channel: "C0ALERTS1" };
    const to = hour + HOUR;
    const screens = {
      "the dashboard": () => homeOf(0, bot),
      status: () => perform({ commandName: "status" }, actor, { bot, log }),
      "the weekly review": () => review({ from: to - WEEK, to }, bot),
    };
    const figures: Figure[] = [];
    for (const [name, show] of Object.entries(screens)) {
      await show();
      const what = `${watches.toLocaleString("en")} watches: ${name}`;
      figures.push({ what, measured: `${Math.round(await timed(show))} ms`, target: "1,000 ms" });
    }
    return figures;
  } finally {
    await close();
  }
}

if (import.meta.main) printFigures(await benchScreens(Number(process.argv[2] ?? 5_000)));
