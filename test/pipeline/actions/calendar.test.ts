import { beforeEach, describe, expect, test } from "vitest";
import { slackRenderer } from "../../../src/adapters/slack/messages/render.ts";
import { recordProductChange } from "../../../src/pipeline/actions/record-product-change.ts";
import { eventRemindersToPost, remindOfEvents } from "../../../src/pipeline/reports/remind-of-events.ts";
import { notifyReview, review, reviewsDue } from "../../../src/pipeline/reports/weekly-review.ts";
import { defaultReviewTime } from "../../../src/reports/review-due.ts";
import type { PlannedEvent } from "../../../src/series/planned-events.ts";
import { DAY, HOUR } from "../../../src/time/time.ts";
import { noon } from "../../support/builders.ts";
import { aStage } from "../stage.ts";

const CHANNEL = "C0ALERTS1";

let stage: ReturnType<typeof aStage>;
beforeEach(() => {
  stage = aStage();
});

describe("the weekly review", () => {
  const context = () => ({
    ...stage,
    renderer: slackRenderer("UTC"),
    reviewing: { ...defaultReviewTime, zone: "UTC" },
  });
  // noon is that of a Tuesday: the next Monday, 9:15.
  const mondayMorning = 5 * 24 + 21;

  beforeEach(async () => {
    await stage.stands(0);
    await stage.newPosts();
    stage.passTo(mondayMorning);
  });

  test("is posted once in a channel", async () => {
    expect(await reviewsDue(context())).toEqual([CHANNEL]);
    expect(await notifyReview(CHANNEL, context())).toMatchObject({
      channel: CHANNEL,
      watches: [{ messages: [expect.any(String)] }],
    });
    expect(await reviewsDue(context())).toEqual([]);
    expect(await notifyReview(CHANNEL, context())).toBeUndefined();
    expect(stage.everything().filter(({ text }) => text.startsWith("🗓️"))).toEqual([
      expect.objectContaining({
        how: "root",
        text: "🗓️ Mon 15 Jun – Sun 21 Jun: 1 incident, 1 not labeled",
      }),
    ]);
  });

  test("counts its messages by their likely cause, and says nothing while none is known", async () => {
    const week = { from: noon - DAY, to: noon + 5 * DAY };
    const shown = async () => JSON.stringify(context().renderer.review(await review(week, context())));
    expect(await shown()).not.toContain("Likely causes");
    const { alertGroupId } = (await stage.incidents.byId(stage.id))!;
    await stage.breakdowns.saveCause(alertGroupId!, {
      kind: "release",
      change: "iOS 5.2",
      isOnlyOneApp: true,
    });
    expect(await shown()).toContain("🔎 *Likely causes*: a product change 1");
  });

  test("a drop shortly after a release is counted as such by the alert itself", async () => {
    const change = { id: "5.2", name: "iOS 5.2", time: noon - HOUR, scope: {}, by: "ada" };
    await recordProductChange(change, context());
    await stage.stands(1);
    expect((await stage.newPosts()).map(({ how }) => how)).toContain("edit");
    const { alertGroupId } = (await stage.incidents.byId(stage.id))!;
    expect(await stage.breakdowns.causes([alertGroupId!, "another"])).toEqual(
      new Map([[alertGroupId, { kind: "release", change: "iOS 5.2", isOnlyOneApp: false }]]),
    );
  });

  test("lists what changed in the product during the week, and does not count it as a change of a watch", async () => {
    const of = (id: string, time: number, app?: string) =>
      ({ id, name: id, time, scope: { ...(app && { app }) }, by: "ada" }) as const;

    for (const change of [of("first", noon), of("second", noon + HOUR, "ios"), of("late", noon + 6 * DAY)])
      await recordProductChange(change, context());

    const { productChanges, changes } = await review(
      { from: noon - DAY, to: noon + 5 * DAY },
      context(),
      CHANNEL,
    );
    expect([productChanges?.map(({ name }) => name), changes]).toEqual([["first", "second"], 0]);
    const text = JSON.stringify(
      context().renderer.review(await review({ from: noon - DAY, to: noon + 5 * DAY }, context())),
    );
    expect(text).toContain("🚀 *Changed*: second (Tue 16 Jun 13:00 UTC), first (Tue 16 Jun 12:00 UTC)");
  });

  test("is not posted where nothing is watched, and not tried again", async () => {
    expect(await notifyReview("C0OPS0001", context())).toBeUndefined();
    await stage.watches.remove("ios");
    expect(await reviewsDue(context())).toEqual([]);
  });

  test("is completed after a crash, and nothing is posted twice", async () => {
    const notificationLog = {
      ...stage.notificationLog,
      save: crashingAt("/notified", stage.notificationLog.save),
    };
    await expect(notifyReview(CHANNEL, { ...context(), notificationLog })).rejects.toThrow("crash");
    await notifyReview(CHANNEL, context());
    expect(stage.everything().filter(({ text }) => text.startsWith("🗓️"))).toHaveLength(1);
  });

  test("can be requested for any period and for all channels", async () => {
    const period = { from: noon - 24 * HOUR, to: noon + 24 * HOUR };
    expect((await review(period, stage)).watches).toMatchObject([{ watchId: "ios", incidents: 1 }]);
    expect((await review(period, stage, "C0OTHER01")).watches).toEqual([]);
  });
});

/** Writes until it comes to a name that ends so. */
const crashingAt =
  (end: string, save: typeof stage.notificationLog.save): typeof stage.notificationLog.save =>
  async (id, entry) => {
    if (id.endsWith(end)) throw new Error("crash");
    await save(id, entry);
  };

test("a planned event is announced once in the channel of the watches it concerns", async () => {
  const push: PlannedEvent = {
    id: "push@2026-06-18T18:00",
    name: "Push campaign",
    from: noon + 54 * HOUR,
    to: noon + 57 * HOUR,
    scope: {},
    by: "ada",
    at: noon,
  };
  await stage.watches.save(stage.watch);
  const profile = { unit: "hour", zone: "UTC", events: [push] } as const;
  const context = {
    ...stage,
    profiles: async () => () => profile,
    renderer: slackRenderer("UTC"),
  };
  expect(await remindOfEvents(CHANNEL, context)).toEqual([]);
  stage.passTo(30);
  expect(await eventRemindersToPost(context)).toHaveLength(1);
  expect(await remindOfEvents("C0OTHER01", context)).toEqual([]);
  await remindOfEvents(CHANNEL, context);
  await remindOfEvents(CHANNEL, context);
  expect(await eventRemindersToPost(context)).toEqual([]);
  expect(stage.everything()).toMatchObject([
    {
      how: "root",
      text: "📅 Push campaign, Thu 18 Jun 6 PM UTC to Thu 18 Jun 9 PM UTC: wider expected range",
    },
  ]);
});
