import { afterAll, beforeAll, expect, test } from "vitest";
import { ben } from "../../../simulator/slack/people.ts";
import type { View } from "../../../simulator/slack/views/view.ts";
import { HOUR } from "../../../src/time/time.ts";
import { until } from "../../support/until.ts";
import { type SlackStage, setSlackStage } from "./console-stage.ts";

const frequent = ["Added To Cart", "Opened", "Order Completed", "Searched", "Signed Up", "Shared"];

let context: SlackStage;
beforeAll(async () => {
  context = await setSlackStage({
    ops: { channel: "C0OPS0001" },
    events: frequent.map((name, i) => ({ name, perSession: 0.6 / (i + 1) })),
    products: [{ name: "Rice Bowl", perSession: 0.05, price: 12.5 }],
    slack: { ackWithin: 60_000, triggerLife: 60_000 },
  });
  // Half of an app is watched already.
  await context.bot.watches.save({
    ...(await context.bot.watches.byId("ios"))!,
    id: "orders",
    series: { workspace: "main", app: "ios", unit: "hour", metric: "events", item: "Order Completed" },
  });
});
afterAll(() => context.closeAll());

const shown = () => context.slack.views(ben.id).at(-1);
async function modal(words: RegExp): Promise<View> {
  await until(() => words.test(JSON.stringify(shown()?.body ?? {})), `a form that says ${words}`);
  return shown()!;
}

type Shown = {
  readonly block_id?: string;
  readonly element?: { readonly options?: readonly { readonly value: string }[] };
};
const boxesOf = ({ body }: View) =>
  new Map(
    (body.blocks as readonly Shown[])
      .filter(({ block_id }) => block_id?.startsWith("suggest/"))
      .map(({ block_id, element }) => [block_id!, (element?.options ?? []).map(({ value }) => value)]),
  );

test("everything that matters of every app is suggested with its backtest, and what is watched is shown as such", async () => {
  await context.slack.command("/tidewatch suggest", { user: ben.id, channel: "C0ALERTS1" });
  const form = await modal(/more series of purchases or revenue fit/);
  const boxes = boxesOf(form);
  expect([...boxes.keys()]).toEqual(["suggest/main/android", "suggest/main/ios", "suggest/main/web"]);
  expect(boxes.get("suggest/main/android")).toEqual([
    "new-users",
    "uninstalls",
    ...frequent.slice(0, 5).map((name) => `events:${name}`),
    "revenue",
  ]);
  expect(boxes.get("suggest/main/ios")).not.toContain("events:Order Completed");
  const text = JSON.stringify(form.body);
  expect(text).toMatch(/Order Completed\*: already watched in <#C0ALERTS1>/);
  expect(text).toMatch(/Sessions\*: already watched in <#C0ALERTS1>/);
  expect(text).toMatch(/\d alerts? in 7 weeks \([\d.]+ a week\); typical hour: \$[\d,.]+/);
  expect(text).toMatch(/\d alerts? in \d+ weeks \([\d.]+ a week\); typical day: [\d,]+ new users/);
});

test("what is ticked is added in one step, and announced in one message", async () => {
  const form = shown()!;
  expect(await context.slack.submit(form.id, {})).toMatchObject({
    errors: { "suggest/main/android": "Tick at least one." },
  });
  const before = context.slack.messages("C0OPS0001").length;
  await context.slack.submit(form.id, {
    "suggest/main/android": ["new-users", "events:Order Completed"],
    "suggest/main/ios": ["revenue"],
    "suggest/main/web": ["uninstalls"],
  });
  await modal(/Added 4 watches/);
  const added = (await context.bot.watches.all()).map(({ id }) => id);
  expect(added).toEqual(
    expect.arrayContaining(["new-users-android", "order-completed-android", "revenue-ios", "uninstalls-web"]),
  );
  expect(await context.bot.watches.byId("uninstalls-web")).toMatchObject({
    direction: "spike",
    series: { unit: "day", metric: "uninstalls" },
    channel: "C0ALERTS1",
  });
  const posted = () =>
    context.slack
      .messages("C0OPS0001")
      .slice(before)
      .filter(({ blocks, text }) => /new-users-android/.test(`${text}${JSON.stringify(blocks)}`));
  await until(() => posted().length > 0, "the announcement");
  await until(async () => {
    const progress = await context.bot.progress.all();
    return added.length <= [...progress.values()].filter(({ evaluatedThrough }) => evaluatedThrough).length;
  }, "the histories to be read");
  expect(posted()).toHaveLength(1);
  await context.slack.dismiss(ben.id, "all");
});

test("the form of a watch has a button that suggests watches in its place, for the same channel", async () => {
  await context.slack.command("/tidewatch watch", { user: ben.id, channel: "C0ALERTS1" });
  const form = await modal(/Watch everything that matters/);
  await context.slack.click({ view: form.id }, "suggest.instead", { user: ben.id });
  const suggested = await modal(/more series of purchases or revenue fit/);
  expect(suggested.id).toBe(form.id);
  expect([...boxesOf(suggested).keys()]).toContain("suggest/main/web");
  expect(JSON.stringify(suggested.body)).toContain('"initial_conversation":"C0ALERTS1"');
  await context.slack.dismiss(ben.id, "all");

  await context.slack.command("/tidewatch edit ios", { user: ben.id, channel: "C0ALERTS1" });
  expect(JSON.stringify((await modal(/Watch ios/)).body)).not.toContain("suggest.instead");
  await context.slack.dismiss(ben.id, "all");
});

test("an unknown app is named, and nothing is read", async () => {
  await context.slack.command("/tidewatch suggest no such app", { user: ben.id, channel: "C0ALERTS1" });
  await modal(/no app is called/);
  await context.slack.dismiss(ben.id, "all");
});

test("a metric that the key may not read says so beside the others", async () => {
  // What was read a moment ago is used again.
  context.pass(HOUR);
  context.braze.control.fail({ kind: "no-permission", series: { metric: "uninstalls" } });
  await context.slack.command("/tidewatch suggest ios", { user: ben.id, channel: "C0ALERTS1" });
  const form = await modal(/more series of purchases or revenue fit/);
  expect(/[^"]*Uninstalls\*: [^"]*/.exec(JSON.stringify(form.body))?.[0]).toMatch(
    /does not have the permission kpi\.uninstalls/,
  );
  expect(boxesOf(form).get("suggest/main/ios")).toContain("new-users");
  context.braze.control.heal();
  await context.slack.dismiss(ben.id, "all");
});
