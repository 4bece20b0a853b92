import { afterEach, expect, test } from "vitest";
import { HOUR, hourOf } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { workOnce } from "../support/by-hand.ts";
import { type Stage, setStage, stagedApp } from "../support/stage.ts";

const ALERTS = "C0ALERTS1";

let stage: Stage;
afterEach(() => stage.close());

/** Works hour by hour, as the schedule would. */
async function workFor(hours: number) {
  for (let passed = 0; passed < hours; passed++) {
    stage.pass(HOUR);
    await workOnce(stage.bot);
  }
}

const alerts = () =>
  stage.slack.messages(ALERTS).map(({ text, blocks }) => `${text}\n${JSON.stringify(blocks ?? [])}`);

test("refunds above the sales are a drop of revenue in money with a minus, and no share of the sales", async () => {
  stage = await setStage(noon, {
    apps: [stagedApp("ios", 5)],
    products: [{ name: "Rice Bowl", perSession: 0.2, price: 12.5 }],
  });
  const series = { workspace: "main", app: "ios", unit: "hour" } as const;
  for (const [id, metric] of [
    ["revenue", "revenue"],
    ["purchases", "purchases"],
  ] as const)
    await stage.bot.watches.save(
      anAppWatch({ id, appName: "iOS", createdAt: stage.now(), series: { ...series, metric } }),
    );
  await workOnce(stage.bot);
  await workFor(2);
  expect(alerts()).toEqual([]);

  const from = hourOf(stage.now());
  stage.braze.control.happen({ series: { app: "ios" }, kind: "refunds", from, hours: 3, size: 4 });
  await workFor(4);

  // What Braze said, to the cent, is what is stored.
  const { history } = (await stage.bot.series.read("main.ios.all.hour.revenue"))!;
  const hours = [0, 1, 2].map((after) => (from + after * HOUR - history.first) / HOUR);
  const values = hours.map((place) => history.values[place]!);
  const reported = [0, 1, 2].map((after) =>
    stage.braze.control.value({ app: "ios", metric: "revenue" }, from + after * HOUR),
  );
  expect(values).toEqual(reported.map((value) => Math.round(100 * value) / 100));
  expect(Math.max(...values)).toBeLessThan(0);

  const [alert, ...others] = alerts();
  expect(others).toEqual([]);
  expect(alert).toMatch(/Revenue.* down/);
  expect(alert).toMatch(/−\$[\d,.]+ (?:in the last \d hours )?vs /);
  expect(alert).toMatch(/about \$[\d,.]+ less/);
  // What was sold is as expected, and nothing falls by more than all of it.
  expect(alert).not.toMatch(/\d{3,}%|[−-]\d[\d,.]* less|purchases down/i);

  await workFor(8);
  const resolved = alerts()[0]!;
  expect(resolved).toMatch(/Resolved/);
  expect(resolved).toMatch(/−\$[\d,.]+ at worst/);
  expect(resolved).not.toMatch(/\d{3,}%/);
});
