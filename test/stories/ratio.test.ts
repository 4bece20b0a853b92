import { afterEach, expect, test } from "vitest";
import { addWatch, removeWatch } from "../../src/pipeline/actions/watch.ts";
import { partIdsOf } from "../../src/series/ratio.ts";
import { type SeriesRef, seriesId } from "../../src/series/series.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, stagedApp } from "../support/stage.ts";
import { until } from "../support/until.ts";

const at = (hours: number) => noon + hours * HOUR;
const orders = { metric: "events", item: "Order Completed" } as const;
const ordersPerSession: SeriesRef = { workspace: "main", ...orders, per: {}, app: "ios", unit: "hour" };

let stage: Stage;
async function open() {
  stage = await setStage(noon, {
    apps: [stagedApp("ios", 5)],
    events: [{ name: "Order Completed", perSession: 0.08 }],
    products: [{ name: "Rice Bowl", perSession: 0.05, price: 12.5 }],
  });
  await stage.startWorkers();
}
afterEach(() => stage.close());

const watch = (series: Partial<SeriesRef>) =>
  addWatch(
    { workspace: "main", app: "ios", appName: "iOS", unit: "hour", channel: "C0ALERTS1", ...series },
    "ada",
    stage.bot,
  );

/** The paths of the series that were read since a number of requests. */
const readSince = (requests: number) =>
  stage.braze.control
    .seen()
    .slice(requests)
    .map(({ path }) => path)
    .toSorted();

/** The messages about incidents, without those about changes of settings. */
const alerts = () => stage.slack.messages("C0ALERTS1").filter(({ text }) => !text.startsWith("✏️"));

test("when the checkout breaks, the alert of orders per session says that orders fell and sessions did not", async () => {
  await open();
  await watch({ ...orders, per: {} });
  await stage.liveThrough(at(2));
  stage.braze.control.happen({ series: orders, kind: "drop", from: at(3), hours: 12, size: 0.7 });
  await stage.liveThrough(at(4));
  await until(() => alerts().length > 0, "the alert");
  const [message] = alerts();
  expect(message!.text).toMatch(
    /Order Completed per.* · iOS down \d\d% . 0\.0\d+.* vs 0\.\d+.0\.\d+ expected Order Completed per session/u,
  );
  expect(JSON.stringify(message!.blocks)).toMatch(/Order Completed −(6|7)\d%, sessions as expected/);
  expect(JSON.stringify(message!.blocks)).toMatch(/fewer Order Completed than expected so far/);
  expect(alerts()).toHaveLength(1);
  stage.braze.control.happen({ series: orders, kind: "spike", from: at(5), hours: 10, size: 1 / 0.3 - 1 });
  await stage.liveThrough(at(9));
  await until(
    () => /Resolved: Order Completed per session/.test(alerts()[0]!.text),
    "the incident to resolve",
  );
});

test("each part is read once an hour, though it is watched by itself and is part of two ratios", async () => {
  await open();
  await watch({ ...orders, per: {} });
  await watch({ metric: "purchases", per: {} });
  await watch({});
  await watch(orders);
  await stage.liveThrough(at(1));
  for (const hours of [2, 3, 4]) {
    const before = stage.braze.control.seen().length;
    await stage.liveThrough(at(hours));
    expect(readSince(before)).toEqual([
      "/events/data_series",
      "/purchases/quantity_series",
      "/sessions/data_series",
    ]);
  }
  const id = seriesId(ordersPerSession);
  const [ratio, ...parts] = await Promise.all(
    [id, ...partIdsOf(id)].map(async (one) => (await stage.bot.series.read(one))!),
  );
  const last = (one: typeof ratio) => one!.history.values.at(-1)!;
  expect(last(ratio)).toBeCloseTo(last(parts[0]) / last(parts[1]), 12);
  expect(ratio!.history.denominators!.at(-1)).toBe(last(parts[1]));
});

test("an hour that a part lacks waits in the ratio until the part has it", async () => {
  await open();
  await watch({ ...orders, per: {} });
  await stage.liveThrough(at(2));
  stage.braze.control.fail({ kind: "unknown-id", series: { metric: "events" } });
  stage.passTo(at(3));
  await until(
    async () => ((await stage.bot.progress.of("main.ios.all.hour"))?.evaluatedThrough ?? 0) >= at(3),
    "the sessions to be read",
  );
  const id = seriesId(ordersPerSession);
  expect((await stage.bot.progress.of(id))?.evaluatedThrough).toBe(at(2));
  stage.braze.control.heal();
  stage.pass(16 * MINUTE);
  await until(
    async () => (await stage.bot.progress.of(id))?.evaluatedThrough === at(3),
    "the ratio to be evaluated",
  );
  expect(alerts()).toEqual([]);
});

test("when a ratio is no longer watched, its parts are forgotten unless something else is made from them", async () => {
  await open();
  const { changed } = await watch({ ...orders, per: {} });
  await watch({ metric: "purchases", per: {} });
  await stage.liveThrough(at(1));
  await removeWatch(changed.watchId, "ada", stage.bot);
  const known = async () => [...(await stage.bot.progress.all()).keys()].toSorted();
  await until(async () => (await known()).length === 3, "the series to be forgotten");
  expect(await known()).toEqual([
    "main.ios.all.hour",
    "main.ios.all.hour.purchases",
    "main.ios.all.hour.purchases/sessions",
  ]);
});
