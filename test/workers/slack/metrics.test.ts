import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ben } from "../../../simulator/slack/people.ts";
import type { View } from "../../../simulator/slack/views/view.ts";
import { seriesId } from "../../../src/series/series.ts";
import { HOUR } from "../../../src/time/time.ts";
import { until } from "../../support/until.ts";
import { type SlackStage, setSlackStage } from "./console-stage.ts";

let context: SlackStage;
beforeAll(async () => {
  context = await setSlackStage({
    segments: [{ id: "vip", name: "VIP customers", share: 0.2 }],
    events: [
      { name: "Order Completed", perSession: 0.1 },
      { name: "Sign up & pay: now", perSession: 0.02 },
    ],
    products: [{ name: "Rice Bowl", perSession: 0.05, price: 12.5 }],
    campaigns: [
      { id: "0-summer", name: "Summer Sale", perSession: 0.1, channels: ["email", "ios_push"] },
      { id: "0-twin-1", name: "Twin", perSession: 0.1, channels: ["email"] },
      { id: "0-twin-2", name: "Twin", perSession: 0.1, channels: ["email"] },
    ],
    canvases: [{ id: "0-welcome", name: "Welcome series", perSession: 0.1, channels: ["webhook"] }],
  });
});
afterAll(() => context.closeAll());

describe("what Braze counts is watched by one command", () => {
  test.each([
    ['watch event:"order completed" app:ios', "order-completed-ios", "Order Completed · ios"],
    ['watch event:"Sign up & pay: now"', "sign-up-pay-now-all-apps", "Sign up & pay: now · All apps"],
    ["watch purchases", "purchases-all-apps", "Purchases · All apps"],
    ["watch product:Rice Bowl", "purchases-of-rice-bowl-all-apps", "Purchases of Rice Bowl · All apps"],
    ["watch revenue drop", "revenue-all-apps", "Revenue · All apps"],
    ['watch revenue product:"Rice Bowl"', "revenue-of-rice-bowl-all-apps", "Revenue of Rice Bowl · All apps"],
    ["watch daily active users app:ios", "daily-active-users-ios", "Daily active users · ios"],
    ["watch mau", "monthly-active-users-all-apps", "Monthly active users · All apps"],
    ["watch new users", "new-users-all-apps", "New users · All apps"],
    ["watch uninstalls app:android", "uninstalls-android", "Uninstalls · android"],
    [
      "watch segment-size segment:VIP customers",
      "segment-size-vip-customers",
      "Segment size · VIP customers",
    ],
    [
      'watch "Order Completed" / sessions app:ios',
      "order-completed-per-session-ios",
      "Order Completed per session · ios",
    ],
    ["watch purchases/sessions", "purchases-per-session-all-apps", "Purchases per session · All apps"],
    ["watch revenue / purchases", "revenue-per-purchase-all-apps", "Revenue per purchase · All apps"],
    [
      "watch dau / mau",
      "daily-active-users-per-monthly-active-us",
      "Daily active users per monthly active user · All apps",
    ],
    [
      "watch sessions / daily active users app:ios",
      "sessions-per-daily-active-user-ios",
      "Sessions per daily active user · ios",
    ],
    [
      'watch "Order Completed" / "Sign up & pay: now"',
      "order-completed-per-sign-up-pay-now-all",
      "Order Completed per Sign up & pay: now · All apps",
    ],
    ['watch "sends" campaign:"Summer Sale"', "sends-of-summer-sale", "Sends of Summer Sale"],
    [
      "watch email bounces campaign:summer sale",
      "email-bounces-of-summer-sale",
      "Email bounces of Summer Sale",
    ],
    ["watch push-bounces campaign:0-summer", "push-bounces-of-summer-sale", "Push bounces of Summer Sale"],
    ["watch canvas:Welcome series", "canvas-entries-of-welcome-series", "Canvas entries of Welcome series"],
    [
      'watch webhook errors canvas:"Welcome series"',
      "canvas-webhook-errors-of-welcome-series",
      "Canvas webhook errors of Welcome series",
    ],
    [
      'watch email deliveries/email sends campaign:"Summer Sale"',
      "email-deliveries-per-email-send-of-summe",
      "Email deliveries per email send of Summer Sale",
    ],
  ])("%s", async (command, id, title) => {
    expect(await context.type(command)).toContain(`\`${id}\``);
    const shown = await context.whole(`show ${id}`);
    expect(shown).toContain(title.replace("&", "&amp;"));
  });

  test("a metric that Braze has by the day only is watched by the day, and uninstalls for spikes", async () => {
    const [mau, uninstalls] = await Promise.all(
      ["monthly-active-users-all-apps", "uninstalls-android"].map((id) => context.bot.watches.byId(id)),
    );
    expect(mau?.series).toEqual({ workspace: "main", metric: "mau", unit: "day" });
    expect(uninstalls).toMatchObject({ series: { unit: "day" }, direction: "spike" });
  });

  test("each of them is read and stored as Braze counts it", async () => {
    const series = {
      workspace: "main",
      metric: "events",
      item: "Order Completed",
      app: "ios",
      unit: "hour",
    } as const;
    const hour = context.now() - (context.now() % HOUR) - HOUR;
    context.passTo(hour);
    await until(
      async () => (await context.bot.progress.of(seriesId(series)))?.evaluatedThrough !== undefined,
      "it is evaluated",
    );
    const stored = (await context.bot.series.read(seriesId(series)))!;
    const last = (stored.collectedThrough - stored.history.first) / HOUR;
    expect(stored.history.values[last]).toBe(context.braze.control.value(series, stored.collectedThrough));
  });

  test("an edit keeps what is counted, and changes it on request", async () => {
    await context.type("edit purchases-all-apps sensitivity:low");
    await context.type("edit revenue-of-rice-bowl-all-apps product:all metric:purchases #C0ALERTS1");
    expect((await context.bot.watches.byId("purchases-all-apps"))?.series.metric).toBe("purchases");
  });
});

describe("what Braze cannot count is refused in a clear sentence", () => {
  test.each([
    [
      "watch event:Order Complete",
      /no custom event "Order Complete" in this workspace.*Did you mean "Order Completed"/,
    ],
    ["watch product:Soup", /no product "Soup" in this workspace/],
    ["watch events", /which custom event\?/i],
    ["watch dau unit:hour", /by the day only/],
    ["watch segment-size", /which segment\?/i],
    ["watch segment-size segment:vip app:ios", /for all apps together only/],
    ["watch purchases segment:vip", /for all users only/],
    ["watch sessions / sessions", /the same is always 1/],
    ["watch dau / sessions / mau", /A ratio has two parts, and neither can be a ratio/],
    ["watch mau / sessions unit:hour", /monthly active users by the day only/],
    ["watch sessions / mau unit:hour", /monthly active users by the day only/],
    ["watch purchases / sessions segment:vip", /purchases for all users only/],
    ["watch sessions / purchases segment:vip", /purchases for all users only/],
    ["watch sessions / session-length", /is not a metric to divide by/],
    ["watch / sessions", /A ratio needs two parts/],
    ["watch revenue /", /A ratio needs two parts/],
    ['watch sessions / "Order Complete"', /no custom event "Order Complete".*Did you mean "Order Completed"/],
    ["watch sessions product:Soup", /cannot be counted by event or product/],
    ["watch sends", /which campaign\?/i],
    ["watch canvas-entries", /which Canvas\?/i],
    ["watch campaign:Summer Sal", /no campaign "Summer Sal" in this workspace.*Did you mean "Summer Sale"/],
    ["watch campaign:Winter", /no campaign "Winter" in this workspace.*not archived/],
    ["watch campaign:Twin", /more than one campaign is called "Twin".*0-twin-1, 0-twin-2/i],
    ["watch campaign:Summer Sale canvas:Welcome series", /a campaign and a canvas are two watches/i],
    ["watch revenue campaign:Summer Sale", /no revenue of a campaign.*sends, email-sends/],
    ["watch sends campaign:Summer Sale unit:hour", /sends by the day only/],
    ["watch sends campaign:Summer Sale app:ios", /for all apps together only/],
    [
      "watch sms sends campaign:Summer Sale",
      /no SMS sends of this campaign: its messages are of email, ios_push/,
    ],
    ["watch steps", /"steps" is not a setting/],
  ])("%s", async (command, problem) => {
    const before = await context.bot.watches.all();
    expect(await context.type(command)).toMatch(problem);
    expect(await context.bot.watches.all()).toEqual(before);
  });

  test("a metric that the key may not read", async () => {
    context.braze.control.fail({ kind: "no-permission", series: { metric: "dau" }, times: 1 });
    expect(await context.type("watch dau app:web")).toMatch(/permission kpi\.dau\.data_series/);
  });
});

describe("the form asks first what to watch", () => {
  async function modal(words: RegExp): Promise<View> {
    const shown = () => context.slack.views(ben.id).at(-1);
    await until(() => words.test(JSON.stringify(shown()?.body ?? {})), `a form that says ${words}`);
    return shown()!;
  }
  const choose = (view: View, field: string, choice: string) =>
    context.slack.click({ view: view.id }, `watch.${field}`, { user: ben.id, choice });
  const fieldsOf = ({ body }: View) =>
    (body.blocks as readonly { block_id?: string }[]).flatMap(
      ({ block_id }) => block_id?.split("/")[0] ?? [],
    );

  test("a custom event is found as one types, and its history is previewed in its own noun", async () => {
    await context.slack.command("/tidewatch watch", { user: ben.id, channel: "C0ALERTS1" });
    const form = await modal(/watch\.metric/);
    await choose(form, "metric", "events");
    await modal(/Choose the custom event/);
    const { options } = await context.slack.suggest({ view: form.id }, "watch.item", {
      user: ben.id,
      typed: "order",
    });
    expect(options.map(({ value }) => value)).toEqual(["Order Completed", "order"]);
    await choose(form, "item", "Order Completed");
    await choose(form, "app", "*all");
    await modal(/Typical hour: [\d,]+ events/);
    expect(await context.slack.submit(form.id, {})).toEqual({});
    await until(
      async () => (await context.bot.watches.byId("order-completed-all-apps")) !== undefined,
      "the watch",
    );
  });

  test("a campaign is found by a part of its name, and watched by its id", async () => {
    await context.slack.command("/tidewatch watch", { user: ben.id, channel: "C0ALERTS1" });
    const form = await modal(/watch\.metric/);
    await choose(form, "metric", "email-sends");
    await modal(/Choose the campaign|Choose a campaign/);
    const { options } = await context.slack.suggest({ view: form.id }, "watch.item", {
      user: ben.id,
      typed: "summer",
    });
    expect(options).toMatchObject([{ value: "0-summer", text: { text: "Summer Sale" } }]);
    await choose(form, "item", "0-summer");
    await modal(/Typical day: [\d,]+ email sends/);
    expect(await context.slack.submit(form.id, {})).toEqual({});
    await until(
      async () => (await context.bot.watches.byId("email-sends-of-summer-sale")) !== undefined,
      "the watch",
    );
    expect(await context.bot.watches.byId("email-sends-of-summer-sale")).toMatchObject({
      itemName: "Summer Sale",
      series: { metric: "email-sends", item: "0-summer", unit: "day" },
    });
  });

  test("what a metric does not have is not asked for", async () => {
    await context.slack.command("/tidewatch watch", { user: ben.id, channel: "C0ALERTS1" });
    const form = await modal(/watch\.metric/);
    await choose(form, "metric", "segment-size");
    const size = fieldsOf(await modal(/Choose the segment/));
    expect(size).toContain("segment");
    expect(size).not.toContain("app");
    expect(size).not.toContain("unit");
    await choose(form, "metric", "revenue");
    const revenue = fieldsOf(await modal(/Product, or all/));
    expect(revenue).toEqual(expect.arrayContaining(["metric", "item", "app", "unit"]));
    expect(revenue).not.toContain("segment");
    await modal(/Typical hour: \$[\d,]+/);
    await context.slack.dismiss(ben.id, "all");
  });

  /** Types a part of a name, and chooses what is offered. */
  async function find(view: View, field: string, typed: string, choice: string) {
    await context.slack.suggest({ view: view.id }, `watch.${field}`, { user: ben.id, typed });
    await choose(view, field, choice);
  }

  test("a ratio is chosen in the form, with its backtest, and is dropped with its metric", async () => {
    await context.slack.command("/tidewatch watch", { user: ben.id, channel: "C0ALERTS1" });
    const form = await modal(/watch\.metric/);
    await choose(form, "metric", "events");
    await modal(/Choose the custom event/);
    await find(form, "item", "order", "Order Completed");
    await choose(form, "per", "events");
    await modal(/watch\.perItem/);
    expect(await context.slack.submit(form.id, {})).toMatchObject({
      errors: { "perItem/main.event": expect.stringContaining("required") },
    });
    const { options } = await context.slack.suggest({ view: form.id }, "watch.perItem", {
      user: ben.id,
      typed: "sign",
    });
    expect(options.map(({ value }) => value)).toContain("Sign up & pay: now");
    await choose(form, "per", "sessions");
    await choose(form, "app", "*all");
    await modal(/Typical hour: 0\.\d+ Order Completed per session/);
    await choose(form, "metric", "mau");
    // What was divided by belonged to another metric.
    await modal(/Typical day: [\d,]+ monthly active users/);
    await choose(form, "metric", "dau");
    await modal(/Typical day: [\d,]+ daily active users/);
    await choose(form, "per", "mau");
    await modal(/Typical day: \d+(\.\d+)?%/);
    expect(await context.slack.submit(form.id, { "watch.channel": "C0OPS0001" })).toEqual({});
    await until(
      async () =>
        (await context.bot.watches.all()).some(
          ({ channel, series: { metric, per, unit } }) =>
            channel === "C0OPS0001" && metric === "dau" && per?.metric === "mau" && unit === "day",
        ),
      "the watch on the ratio",
    );
  });

  test("the form says how many more series of purchases fit, and says nothing where the pool is large", async () => {
    await context.slack.command("/tidewatch watch", { user: ben.id, channel: "C0ALERTS1" });
    const form = await modal(/Typical hour/);
    expect(JSON.stringify(form.body)).not.toMatch(/more series of purchases/);
    await choose(form, "metric", "revenue");
    const shown = JSON.stringify((await modal(/more series of purchases or revenue fit/)).body);
    const left = Number(/(\d+) more series of purchases or revenue fit/.exec(shown)?.[1]);
    expect(left).toBeGreaterThan(350);
    expect(left).toBeLessThan(400);
    await choose(form, "metric", "events");
    await modal(/Choose the custom event/);
    await find(form, "item", "order", "Order Completed");
    await modal(/Typical hour: [\d,]+ events/);
    await choose(form, "per", "purchases");
    await modal(/more series of purchases or revenue fit/);
    await context.slack.dismiss(ben.id, "all");
  });
});

test("the lists of events and products are read once a day, but a new name is found at once", async () => {
  const lists = () => context.braze.control.seen().filter(({ path }) => path.endsWith("list")).length;
  const before = lists();
  await context.type("watch event:Order Completed app:web");
  expect(lists()).toBe(before);
});
