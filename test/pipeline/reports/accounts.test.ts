import { describe, expect, test } from "vitest";
import { slackRenderer } from "../../../src/adapters/slack/messages/render.ts";
import type { DailyStatus } from "../../../src/health/daily-status.ts";
import { reportDailyStatus } from "../../../src/pipeline/health/daily-status.ts";
import type { Message } from "../../../src/pipeline/ports/messages.ts";
import { review } from "../../../src/pipeline/reports/weekly-review.ts";
import type { Changed } from "../../../src/settings/change.ts";
import { DAY, HOUR, WEEK } from "../../../src/time/time.ts";
import { anAppWatch, anIncident } from "../../support/builders.ts";
import { aContext } from "../../support/context.ts";

const monday = Date.UTC(2026, 5, 15);
/** Midnight there is 4:00 UTC. */
const zone = "America/New_York";
const midnight = (days: number) => monday + days * DAY + 4 * HOUR;

function context(unit: "hour" | "day") {
  const stores = aContext();
  return { ...stores, profiles: async () => () => ({ unit, zone }) };
}

async function watched(unit: "hour" | "day", opened: readonly number[]) {
  const groupKey = context(unit);
  const series = { workspace: "main", app: "ios", unit };
  await groupKey.watches.save(anAppWatch({ id: "ios", series, createdAt: monday - 4 * WEEK }));
  for (const openedAt of opened) {
    const id = `ios.drop@${new Date(openedAt).toISOString().slice(0, 13)}`;
    await groupKey.incidents.save(anIncident({ id, watchId: "ios", openedAt }));
  }
  return groupKey;
}

test("an incident belongs to one day's account, also west of Greenwich", async () => {
  // An hour before midnight there, which is a day later by the clock of UTC.
  const groupKey = await watched("hour", [midnight(1) - HOUR]);
  const statuses: (DailyStatus | undefined)[] = [];
  for (const day of [1, 2]) {
    const clock = () => midnight(day) + 9 * HOUR;
    const ops = { dailyStatusAt: 9 * HOUR, zone };
    statuses.push(
      await reportDailyStatus(0, {
        ...groupKey,
        clock,
        ops,
        renderer: slackRenderer("UTC"),
        messenger: { post: nobody, update: nobody, find: nobody },
        whenUnsure: "twice",
        wallClock: clock,
      }),
    );
  }
  expect(statuses.map((status) => [status?.day.date, status?.incidents])).toEqual([
    ["2026-06-15", 1],
    ["2026-06-16", 0],
  ]);
});

test("a key that may not read what is sent is named once, in the account of a day", async () => {
  const groupKey = await watched("hour", []);
  const posted: string[] = [];
  const post = async (channel: string, { blocks }: Message) => {
    posted.push(JSON.stringify(blocks));
    return { channel, ts: String(posted.length) };
  };
  const onDay = (day: number, sends = true) => {
    const clock = () => midnight(day) + 9 * HOUR;
    return reportDailyStatus(0, {
      ...groupKey,
      clock,
      workspaces: [
        { name: "main", zone, sends },
        { name: "unwatched", zone, sends: true },
      ],
      ops: { dailyStatusAt: 9 * HOUR, zone, channel: "C0OPS0001" },
      renderer: slackRenderer("UTC"),
      messenger: { post, update: nobody, find: nobody },
      whenUnsure: "twice",
      wallClock: clock,
    });
  };
  await onDay(1, false);
  expect(posted[0]).not.toContain("💡");
  expect((await onDay(2))?.withoutSends).toEqual(["main"]);
  expect(posted[1]).toMatch(
    /take into account what .?main.? sends.*`messages\.schedule_broadcasts`; `BRAZE_SENDS=off`/,
  );
  expect((await onDay(3))?.withoutSends).toBeUndefined();
  expect(posted[2]).not.toContain("💡");
});

test("a key that reads what is sent is no hint", async () => {
  const groupKey = await watched("hour", []);
  await groupKey.sends.plan("main", [], midnight(0));
  const clock = () => midnight(1) + 9 * HOUR;
  const status = await reportDailyStatus(0, {
    ...groupKey,
    clock,
    workspaces: [{ name: "main", zone, sends: true }],
    ops: { dailyStatusAt: 9 * HOUR, zone },
    renderer: slackRenderer("UTC"),
  });
  expect(status?.withoutSends).toBeUndefined();
});

async function nobody(): Promise<never> {
  throw new Error("nobody is to be told");
}

describe("the account of a week", () => {
  const week = { from: midnight(0), to: midnight(7) };

  test("holds its seven days by their names, from Monday to Sunday", async () => {
    const groupKey = await watched("day", [monday - DAY, monday, monday + 6 * DAY, monday + 7 * DAY]);
    const entries = Array.from({ length: 9 }, (_, i) => monday + (i - 1) * DAY);
    await groupKey.journal.record(
      "ios",
      entries.map((bucket) => ({ bucket, verdict: "normal" })),
    );
    const { watches } = await review(week, { ...groupKey, clock: () => week.to });
    expect(watches).toMatchObject([{ incidents: 2, evaluated: 7 }]);
  });

  test("counts the changes of its own channel only", async () => {
    const groupKey = await watched("hour", []);
    const muted = (channel: string): Changed => ({ kind: "mute", scope: { kind: "channel", channel } });
    for (const channel of ["C0ALERTS1", "C0OTHERS1"])
      await groupKey.changes.record([{ id: channel, at: week.from, by: "ada", changed: muted(channel) }]);
    const of = (channel?: string) => review(week, { ...groupKey, clock: () => week.to }, channel);
    expect((await of("C0ALERTS1")).changes).toBe(1);
    expect((await of()).changes).toBe(2);
  });
});
