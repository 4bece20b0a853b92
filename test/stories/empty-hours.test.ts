import { trace } from "@opentelemetry/api";
import { afterEach, expect, test } from "vitest";
import type { Bot } from "../../src/bot.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { createMonitor } from "../../workers/monitoring/monitor.ts";
import { traced } from "../../workers/tracing/traced.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

const at = (hours: number) => noon + hours * HOUR;

let stage: Stage;
async function open(decorated?: (bot: Bot) => Bot) {
  stage = await setStage(noon, { emptyHours: "zero", ...(decorated && { decorated }) });
  stage.braze.control.turn({ emptyHours: "left-out" });
  for (const watch of watches) await stage.bot.watches.save(watch);
  await stage.startWorkers();
  await stage.liveThrough(at(2));
}
afterEach(() => stage.close());

const evaluatedThrough = async (app: string) =>
  (await stage.bot.progress.of(`main.${app}.all.hour`))?.evaluatedThrough;
const drops = () =>
  stage.slack.messages("C0ALERTS1").filter(({ text }) => /^(🔴 Critical|🟠 Warning): ios down/.test(text));

/** The bot as the service wraps it, by its settings. */
const wrapped: [string, ((bot: Bot) => Bot) | undefined][] = [
  ["by itself", undefined],
  ["counted for the metrics", (bot) => createMonitor().meter(bot)],
  ["traced", (bot) => traced(bot, trace.getTracer("test"))],
];

test.each(wrapped)(
  "an outage that Braze omits from its responses is posted during the outage, once the data is later than usual, by a bot %s",
  async (_, decorated) => {
    await open(decorated);
    stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(3), hours: 9 });
    for (const hours of [3, 4]) {
      stage.passTo(at(hours));
      await until(async () => (await evaluatedThrough("web")) === at(hours), "the others to be evaluated");
      expect(await evaluatedThrough("ios")).toBe(at(hours - 1));
      stage.pass(31 * MINUTE);
      await until(
        async () => (await evaluatedThrough("ios")) === at(hours),
        "the empty hour to be evaluated",
      );
    }
    await until(() => drops().length > 0, "the drop to be told");
    expect((await stage.bot.series.read("main.ios.all.hour"))!.history.values.slice(-2)).toEqual([0, 0]);
    // What was found empty teaches nothing of when Braze has its hours.
    expect((await stage.bot.ingestionDelays.of("main.ios.all.hour"))?.usual).toBe(15 * MINUTE);
  },
);

test("late data from Braze never opens a drop, however late it is", async () => {
  await open();
  stage.delayBraze(3 * HOUR + 15 * MINUTE);
  stage.passTo(at(4));
  await until(
    () => stage.log.filter((line) => /collect\.done/.test(line) && /"ready":false/.test(line)).length >= 3,
    "all to be asked for",
  );
  stage.pass(35 * MINUTE);
  await until(async () => (await stage.bot.healthIssues.all()).length > 0, "the delay to be noticed");
  stage.passTo(at(6));
  await until(async () => (await evaluatedThrough("ios"))! >= at(4), "the hours to be given up on");
  const evaluated = await stage.bot.journal.between("ios", at(3), at(4));
  expect(evaluated.map(({ verdict }) => verdict)).not.toContain("anomalous");
  expect(evaluated.at(-1)?.verdict).toBe("not-evaluated");
  expect((await stage.bot.series.read("main.ios.all.hour"))!.history.values).not.toContain(0);
  expect(drops()).toEqual([]);
});
