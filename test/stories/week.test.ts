import { afterEach, expect, test } from "vitest";
import { redisStores } from "../../src/adapters/redis/stores.ts";
import type { Bot } from "../../src/bot.ts";
import type { Label } from "../../src/incidents/label.ts";
import { defaultAlertLimits } from "../../src/notifications/alert-limit.ts";
import type { Mute } from "../../src/notifications/mute.ts";
import { acknowledge } from "../../src/pipeline/actions/acknowledge.ts";
import { labelIncident } from "../../src/pipeline/actions/label.ts";
import { planEvent } from "../../src/pipeline/actions/plan-event.ts";
import { DAY, HOUR, type Instant, MINUTE } from "../../src/time/time.ts";
import { anAppWatch } from "../support/builders.ts";
import { workOnce } from "../support/by-hand.ts";
import { KEY, type Stage, setStage, stagedApp } from "../support/stage.ts";
import { type PostedMessage, transcriptOf } from "../support/transcript.ts";

let stage: Stage;
afterEach(() => stage?.close());

const monday = Date.UTC(2026, 5, 15);
const [MON, TUE, WED, THU, FRI, SAT, SUN] = [0, 1, 2, 3, 4, 5, 6];
const on = (day = 0, hour = 0) => monday + (24 * day + hour) * HOUR;

const ALERTS = { id: "C0ALERTS1", name: "alerts" };
const OPS = { id: "C0OPS0001", name: "tidewatch-ops" };

const apps = { ios: "iOS", android: "Android", web: "Web", tv: "TV", kiosk: "Kiosk" };

test("the transcript of a bad week matches its golden file", async () => {
  stage = await setStage(monday, {
    apps: Object.keys(apps).map((id, i) => stagedApp(id, 4 + i)),
    segments: [{ id: "paying", share: 0.3 }],
    slackOnStageTime: true,
    ops: { channel: OPS.id },
    country: "US",
  });
  const { braze, slack } = stage;
  const alertLimits = { ...defaultAlertLimits, channel: [{ messages: 3, within: DAY }] };
  // Pictures are not in a transcript, and drawing them takes most of the time.
  const bot: Bot = { ...stage.bot, alertLimits, attachChart: async (message) => message };
  for (const [app, appName] of Object.entries(apps)) {
    await bot.watches.save(
      anAppWatch({ id: app, appName, series: { workspace: "main", app, unit: "hour" }, createdAt: monday }),
    );
  }
  await bot.watches.save(
    anAppWatch({
      id: "ios-paying",
      appName: "iOS",
      segmentName: "Paying users",
      series: { workspace: "main", app: "ios", segment: "paying", unit: "hour" },
      createdAt: monday,
    }),
  );

  const deleted: PostedMessage[] = [];
  const happen = braze.control.happen;
  happen({ series: { app: "ios" }, kind: "outage", from: on(MON, 10), hours: 3 });
  happen({ series: { app: "web" }, kind: "spike", from: on(MON, 18), hours: 2, size: 2 });
  happen({ series: {}, kind: "drop", from: on(TUE, 7), hours: 2, size: 0.8 });
  happen({ series: { app: "tv" }, kind: "outage", from: on(TUE, 18), hours: 2 });
  happen({ series: { app: "tv" }, kind: "outage", from: on(TUE, 23), hours: 2 });
  happen({ series: { app: "ios" }, kind: "outage", from: on(WED, 8), hours: 2 });
  happen({ series: { app: "android" }, kind: "outage", from: on(WED, 17), hours: 4 });
  happen({ series: { app: "ios" }, kind: "outage", from: on(THU, 3), hours: 2 });
  happen({ series: { app: "web" }, kind: "outage", from: on(THU, 5), hours: 4 });
  happen({ series: { app: "android" }, kind: "outage", from: on(THU, 8), hours: 2 });
  happen({ series: { app: "tv" }, kind: "spike", from: on(THU, 18), hours: 3, size: 0.2 });
  // Juneteenth.
  happen({ series: {}, kind: "drop", from: on(FRI), hours: 24, size: 0.2 });
  happen({ series: { app: "kiosk" }, kind: "shift", from: on(SAT, 12), size: 1 });
  happen({ series: { app: "web" }, kind: "outage", from: on(SUN, 4), hours: 2 });
  happen({ series: { app: "android" }, kind: "outage", from: on(SUN, 8), hours: 2 });
  happen({ series: { app: "ios" }, kind: "outage", from: on(SUN, 12), hours: 5 });

  const mute: Mute = {
    scope: { kind: "watch", watch: "android" },
    by: "U1",
    at: on(THU, 7),
    until: on(THU, 20),
    incidents: [],
  };
  const label = (incidentId: string, what: Label) => labelIncident(incidentId, what, "U1", bot);
  const push = { name: "Push campaign", from: on(THU, 18), to: on(THU, 21), scope: { app: "tv" }, by: "U1" };
  const events: [Instant, () => unknown][] = [
    [on(TUE, 10), () => label("ios.drop@2026-06-15T10", "real")],
    [on(TUE, 10), () => label("web.spike@2026-06-15T18", "expected")],
    [on(TUE, 20), () => acknowledgeAll(bot)],
    [on(WED, 4), () => label("tv.drop@2026-06-16T18", "false-alarm")],
    [on(WED, 9), () => stage.delayBraze(5 * HOUR)],
    [on(WED, 14), () => stage.delayBraze(0)],
    [on(WED, 19), () => removeNewest(stage, deleted)],
    [on(THU, 7), () => redisStores(stage.connection).mutes.save(mute)],
    [on(THU, 8), () => planEvent(push, bot)],
    [on(THU, 12), () => braze.control.useKey("another")],
    [on(THU, 15), () => braze.control.useKey(KEY)],
  ];
  const isDown = (now: Instant) => now >= on(THU, 2) && now < on(THU, 7);

  for (; stage.now() < on(WED + 7, 12); stage.pass(30 * MINUTE)) {
    while (events[0] && events[0][0] <= stage.now()) await events.shift()![1]();
    if (!isDown(stage.now())) await workOnce(bot);
  }

  const review = stage.slack.messages(ALERTS.id).find(({ text }) => text.startsWith("🗓️"));
  expect(JSON.stringify(review?.blocks), "where incidents can be read").toContain(
    `<${stage.slack.url}/archives/${ALERTS.id}/p`,
  );
  const posted = [ALERTS, OPS].map(({ id, name }) => ({ channel: name, messages: slack.messages(id) }));
  await expect(transcriptOf([...posted, ...deleted])).toMatchFileSnapshot("../golden/week.txt");
}, 400_000);

/** Somebody takes care of whatever is going on. */
async function acknowledgeAll(bot: Bot): Promise<void> {
  for (const { id } of await bot.watches.all()) {
    const open = (await bot.incidents.live(id)).filter(({ resolvedAt }) => resolvedAt === undefined);
    for (const incident of open) await acknowledge(incident.id, "U1", bot);
  }
}

/** Somebody deletes the newest message of the channel. */
function removeNewest({ slack, now }: Stage, deleted: PostedMessage[]): void {
  const root = slack.messages(ALERTS.id).findLast(({ threadTs }) => threadTs === undefined)!;
  deleted.push({ channel: ALERTS.name, messages: [root], deletedAt: now() });
  slack.remove(ALERTS.id, root.ts);
}
