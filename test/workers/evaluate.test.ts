import { afterEach, expect, test } from "vitest";
import { decorate } from "../../src/decorate.ts";
import { collect } from "../../src/pipeline/collect.ts";
import { seriesId } from "../../src/series/series.ts";
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
