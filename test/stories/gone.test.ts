import { afterEach, expect, test } from "vitest";
import type { MetricName } from "../../src/metrics/metrics.ts";
import type { Watch } from "../../src/settings/watch.ts";
import { DAY, HOUR } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { workOnce } from "../support/by-hand.ts";
import { type Stage, type StageOptions, setStage, stagedApp } from "../support/stage.ts";

const ALERTS = "C0ALERTS1";
const OPS = "C0OPS0001";

let stage: Stage;
afterEach(() => stage.close());

const shop: StageOptions = {
  apps: [stagedApp("ios", 5)],
  events: [{ name: "Order Completed", perSession: 0.2 }],
  products: [
    { name: "Rice Bowl", perSession: 0.2, price: 12.5 },
    { name: "Soup", perSession: 0.2, price: 5 },
  ],
  segments: [{ id: "beta", name: "Beta", share: 0.4, tracked: false }],
  campaigns: [{ id: "0-summer", name: "Summer Sale", perSession: 0.2, channels: ["email"] }],
  canvases: [{ id: "0-welcome", name: "Welcome", perSession: 0.2, channels: ["ios_push"] }],
};

async function watch(series: Omit<Watch["series"], "workspace">, over: Partial<Watch> = {}) {
  stage = await setStage(noon, { ...shop, ops: { channel: OPS, dailyStatusAt: 0, zone: "UTC" } });
  await stage.bot.watches.save(
    anAppWatch({
      id: "watched",
      appName: "All apps",
      createdAt: stage.now(),
      ...over,
      series: { workspace: "main", ...series },
    }),
  );
  await workOnce(stage.bot);
}

/** Works hour by hour, as the schedule would. */
async function workFor(time: number) {
  for (let passed = 0; passed < time; passed += HOUR) {
    stage.pass(HOUR);
    await workOnce(stage.bot);
  }
}

const alerts = () => stage.slack.messages(ALERTS).filter(({ text }) => !/Braze data/.test(text));
const issues = () =>
  stage.slack.messages(OPS).map(({ text, blocks }) => `${text} ${JSON.stringify(blocks ?? [])}`);

/** One issue says what is wrong, and nobody is alerted about a drop. */
function expectIssue(words: RegExp) {
  expect(alerts().map(({ text }) => text)).toEqual([]);
  expect(issues().filter((issue) => words.test(issue))).toHaveLength(1);
}

const order = { metric: "events", item: "Order Completed", unit: "hour" } as const;

/** From now on Braze counts nothing of it, and lists it no longer. */
function retire(item: string, from: number) {
  stage.braze.control.happen({ series: { item }, kind: "outage", from, hours: 24 * 30 });
  stage.braze.control.retire(item);
}

test.each<[string, Omit<Watch["series"], "workspace">, RegExp]>([
  ["a custom event", order, /no longer lists the custom event of Order Completed/],
  [
    "a product",
    { metric: "purchases", item: "Soup", unit: "hour" },
    /no longer lists the product of Purchases of Soup/,
  ],
  ["revenue of a product", { metric: "revenue", item: "Soup", unit: "hour" }, /no longer lists the product/],
  ["orders per session", { ...order, per: {} }, /no longer lists the custom event/],
])("%s that is deleted in Braze is no drop, and one issue says what to do", async (_what, series, words) => {
  await watch(series);
  await workFor(2 * HOUR);
  retire(series.item!, stage.now());
  await workFor(6 * HOUR);
  expectIssue(words);
});

test.each<[string, MetricName, string, string]>([
  ["campaign", "sends", "0-summer", "Summer Sale"],
  ["campaign", "email-bounces", "0-summer", "Summer Sale"],
  ["Canvas", "canvas-entries", "0-welcome", "Welcome"],
])(
  "an archived %s is no drop of its %s, and one issue says what to do",
  async (noun, metric, item, itemName) => {
    await watch({ metric, item, unit: "day" }, { itemName });
    await workFor(DAY);
    retire(item, noon + 12 * HOUR);
    await workFor(2 * DAY);
    expectIssue(new RegExp(`no longer lists the ${noun}`));
  },
);

test("an event that fails while Braze still lists it is a drop", async () => {
  await watch(order);
  await workFor(2 * HOUR);
  stage.braze.control.happen({
    series: { item: order.item },
    kind: "outage",
    from: stage.now(),
    hours: 240,
  });
  await workFor(6 * HOUR);
  expect(
    alerts()
      .map(({ text }) => text)
      .join(),
  ).toMatch(/Order Completed.*no |Order Completed.*down/);
});

test.each(["no-rows", "zeros", "refused"] as const)(
  "an event that Braze never knew, told as %s, is no drop, and one issue says what to do",
  async (unknownItem) => {
    await watch({ ...order, item: "Ordr" });
    stage.braze.control.turn({ unknownItem });
    await workFor(4 * HOUR);
    expectIssue(/the custom event/);
  },
);

test("a segment without tracking is one issue with what to switch on", async () => {
  await watch({ metric: "segment-size", segment: "beta", unit: "day" }, { segmentName: "Beta" });
  await workFor(2 * DAY);
  expectIssue(/analytics tracking/);
});

test("a metric that the contract does not include is one issue, and other metrics are watched", async () => {
  await watch({ metric: "dau", unit: "day" });
  stage.braze.control.fail({ kind: "no-permission", series: { metric: "dau" } });
  await stage.bot.watches.save(
    anAppWatch({ id: "ios", series: { workspace: "main", app: "ios", unit: "hour" }, createdAt: noon }),
  );
  await workFor(2 * DAY);
  expectIssue(/whether its contract includes this metric/);
  expect((await stage.bot.journal.between("ios", noon, noon + DAY)).length).toBeGreaterThan(20);
});

test("a campaign without the channel is one issue with the channels that it has", async () => {
  await watch({ metric: "sms-errors", item: "0-summer", unit: "day" }, { itemName: "Summer Sale" });
  await workFor(2 * DAY);
  expectIssue(/no SMS errors of this campaign: its messages are of email/);
});
