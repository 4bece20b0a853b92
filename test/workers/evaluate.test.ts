import { afterEach, expect, test } from "vitest";
import { decorate } from "../../src/decorate.ts";
import { collect } from "../../src/pipeline/collect.ts";
import { evaluate } from "../../src/pipeline/evaluate.ts";
import { seriesId } from "../../src/series/series.ts";
import { HOUR } from "../../src/time/time.ts";
import { evaluateJob } from "../../workers/evaluate.ts";
import { defaultPace } from "../../workers/runner.ts";
import { noon } from "../support/builders.ts";
import { pausing } from "../support/pausing.ts";
import { type Stage, type StageOptions, setStage, testPace, watches } from "../support/stage.ts";

let stage: Stage;
afterEach(() => stage.close());

const [watch] = watches as [(typeof watches)[0]];

/** A stage with one watch, and one tick. */
async function withOneTick(options: StageOptions = {}): Promise<void> {
  stage = await setStage(noon, options);
  await stage.bot.watches.save(watch);
  await stage.startWorkers({ ...testPace, tickEvery: defaultPace.tickEvery });
  await stage.passThrough(noon, "hour");
}

const events = () => stage.log.map((line) => JSON.parse(line).event as string);

test("the job that collects a series evaluates it, too", async () => {
  await withOneTick();
  expect(events()).not.toContain("evaluate.done");
});

test("an evaluation that fails in the job that collected the series is done by a job of its own", async () => {
  let failures = 0;
  await withOneTick({
    decorated: (bot) => ({
      ...bot,
      journal: decorate(bot.journal, {
        async record(call) {
          if (failures++ === 0) throw new Error("the first write is lost");
          return call();
        },
      }),
    }),
  });
  expect(failures).toBe(2);
  expect(events()).not.toContain("collect.failed");
});

test("a series that is being evaluated in this process is not evaluated a second time", async () => {
  stage = await setStage(noon);
  const { bot } = stage;
  await bot.watches.save(watch);
  const id = seriesId(watch.series);
  await collect(id, bot);
  const journal = pausing(bot.journal, "record");
  const evaluate = evaluateJob({ ...bot, journal: journal.port }, { notify: async () => {} });
  const first = evaluate({ seriesId: id });
  await journal.reached;
  const second = evaluate({ seriesId: id });
  journal.letThrough();
  expect([(await first).evaluated + (await first).notEvaluated, await second]).toEqual([
    1,
    { evaluated: 0, notEvaluated: 0, notify: [] },
  ]);
});

test.each(["journal", "audit", "incidents", "outbox", "series", "progress"] as const)(
  "two processes that evaluate one series at once, one of them held up at a write to %s, find one incident with the sums of one evaluation",
  async (name) => {
    stage = await setStage(noon);
    const { bot, braze } = stage;
    await bot.watches.save(watch);
    braze.control.happen({ series: { app: "ios" }, kind: "outage", from: noon, hours: 3 });
    const id = seriesId(watch.series);
    stage.passTo(noon - HOUR);
    await collect(id, bot);
    await evaluate(id, bot);
    stage.passTo(noon);
    await collect(id, bot);
    const writes = {
      journal: "record",
      audit: "recordVerdicts",
      incidents: "save",
      outbox: "add",
      series: "saveState",
      progress: "save",
    };
    const paused = pausing(bot[name] as object as Record<string, unknown>, writes[name]);
    const slow = evaluate(id, { ...bot, [name]: paused.port });
    await paused.reached;
    await evaluate(id, bot);
    paused.letThrough();
    await slow;
    const found = await bot.incidents.since(watch.id, noon);
    expect(found).toHaveLength(1);
    const { balance } = found[0]!;
    // Once more, by one alone: what it finds is what both found.
    await evaluate(id, bot, noon);
    expect((await bot.incidents.since(watch.id, noon))[0]).toMatchObject({ balance });
    expect([...(await bot.outbox.all()).keys()]).toEqual([found[0]!.id]);
    expect(await bot.progress.of(id)).toMatchObject({ evaluatedThrough: noon });
  },
);
