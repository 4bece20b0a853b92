import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { KEY, type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage;
beforeEach(async () => {
  stage = await setStage(noon);
  for (const watch of watches) await stage.bot.watches.save(watch);
  await stage.startWorkers();
  await stage.liveThrough(noon);
});
afterEach(() => stage.close());

const at = (hours: number) => noon + hours * HOUR;
const ALERTS = "C0ALERTS1";

/** The log's lines of one event, read back. */
const lines = (event: string) =>
  stage.log.map((line) => JSON.parse(line) as Record<string, string>).filter((line) => line.event === event);

describe("while Braze refuses", () => {
  test.each([
    [
      "a wrong key, or the right one at the wrong instance",
      () => stage.braze.control.useKey("another"),
      /key/i,
    ],
    ["a key without the permission", () => stage.braze.control.useKey(KEY, []), /sessions\.data_series/],
  ])(
    "%s, one message says so with what to do, no drop is posted, and the hours are caught up",
    async (_, spoil, advice) => {
      spoil();
      stage.passTo(at(2));
      await until(() => lines("collect.failed").length >= 5, "some attempts to fail");
      expect(lines("braze.failure")).toHaveLength(1);
      expect(lines("braze.failure")[0]?.advice).toMatch(advice);
      const alerts = stage.slack.messages(ALERTS).map(({ text }) => text);
      expect(alerts.filter((text) => !/^(?:⚠️ No Braze data|✅ Braze data again)/.test(text))).toEqual([]);

      stage.braze.control.useKey(KEY, ["sessions.data_series"]);
      await stage.liveThrough(at(3));
      expect(lines("braze.recovered")).toHaveLength(1);
      const journal = await stage.bot.journal.between("ios", at(1), at(3));
      expect(journal.map(({ verdict }) => verdict)).toEqual(["normal", "normal", "normal"]);
      expect(stage.log.join("\n")).not.toContain(KEY);
      expect(await stage.redis.written()).not.toContain(KEY);
    },
  );

  test("it does not know one segment, and the others continue", async () => {
    await stage.bot.watches.save({
      ...watches[0]!,
      id: "ghosts",
      series: { workspace: "main", segment: "no-such-segment", unit: "hour" },
    });
    stage.passTo(at(1));
    await until(() => lines("braze.failure").length > 0, "the trouble to be said");
    expect(lines("braze.failure")[0]).toMatchObject({ seriesId: "main.all.no-such-segment.hour" });
    await until(
      async () => (await stage.bot.journal.between("ios", at(1), at(1))).length === 1,
      "ios to be evaluated",
    );
    expect(lines("braze.failure")).toHaveLength(1);
  });
});

test("an unreachable Slack loses nothing and is reported once when Slack is back", async () => {
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(1), hours: 2 });
  await stage.slack.down();
  stage.passTo(at(1));
  await until(() => lines("notify.failed").length >= 3, "some attempts to fail");
  expect(lines("notify.failed")[0]?.error).toMatch(/Slack/);

  await stage.slack.up();
  await stage.liveThrough(at(6));
  const roots = stage.slack.messages(ALERTS).filter(({ threadTs }) => threadTs === undefined);
  expect(roots).toHaveLength(1);
});

test("an unreachable Redis is reported once with what to do, and work continues where it stopped", async () => {
  await stage.redis.kill();
  stage.passTo(at(1));
  await until(() => lines("redis.unreachable").length > 0, "the loss to be said");
  expect(lines("redis.unreachable")[0]?.advice).toMatch(/REDIS_URL/);

  await stage.redis.revive();
  await stage.liveThrough(at(3));
  const journal = await stage.bot.journal.between("ios", noon, at(3));
  expect(journal.map(({ verdict }) => verdict)).toEqual(["normal", "normal", "normal", "normal"]);
});
