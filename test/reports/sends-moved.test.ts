import { expect, test } from "vitest";
import { sendsMoved } from "../../src/reports/sends-moved.ts";
import { reviewOf, type WatchedPeriod } from "../../src/reports/weekly-review.ts";
import type { Send } from "../../src/series/sends.ts";
import type { SeriesRef } from "../../src/series/series.ts";
import { plainText } from "../../src/text/text.ts";
import { reviewText } from "../../src/text/weekly-review.ts";
import { DAY, HOUR, WEEK } from "../../src/time/time.ts";
import { anAppWatch } from "../support/builders.ts";

const monday = Date.UTC(2026, 5, 15);
const period = { from: monday, to: monday + WEEK };

const send = (id: string, time: number, over: Partial<Send> = {}): Send => ({
  id,
  name: id,
  kind: "campaign",
  time,
  scope: { workspace: "main" },
  ...over,
});
const sale = send("Sale", monday + DAY + 10 * HOUR, { channels: ["ios_push"] });
const news = [2, 4].map((days) => send("News", monday + days * DAY + 9 * HOUR));
const before = send("Before", monday - 2 * DAY);

/** A hundred an hour, and so many in the four hours from each of these sends on. */
const pastWith = (counts: readonly (readonly [Send, number])[]) => {
  const first = monday - 5 * WEEK;
  const values = Array.from({ length: (6 * WEEK) / HOUR }, (_, i) => {
    const hour = first + i * HOUR;
    return counts.find(([{ time }]) => hour >= time && hour < time + 4 * HOUR)?.[1] ?? 100;
  });
  return { first, values, exclusions: [] };
};

const watchOf = (
  id: string,
  series: Partial<SeriesRef>,
  past: ReturnType<typeof pastWith>,
): WatchedPeriod => ({
  watch: anAppWatch({ id, series: { workspace: "main", unit: "hour", ...series } }),
  incidents: [],
  entries: [],
  decisions: [],
  verdicts: [],
  isMuted: false,
  past,
  profile: { unit: "hour", zone: "UTC" },
  sends: [before, sale, ...news],
});

const moving = pastWith([
  [before, 900],
  [sale, 300],
  [news[0]!, 150],
  [news[1]!, 130],
]);

test("campaigns of the week are listed by how many sessions more than usual there were after their sends", () => {
  expect(sendsMoved(period, [watchOf("ios", { app: "ios" }, moving)])).toEqual([
    { name: "Sale", kind: "campaign", channels: ["ios_push"], sends: 1, observed: 1_200, expected: 400 },
    { name: "News", kind: "campaign", sends: 2, observed: 1_120, expected: 800 },
  ]);
});

test("apps add up, and neither segments, other metrics nor days are counted beside them", () => {
  const some = [
    watchOf("ios", { app: "ios" }, moving),
    watchOf("again", { app: "ios" }, moving),
    watchOf("android", { app: "android" }, moving),
    watchOf("vip", { app: "ios", segment: "vip" }, moving),
    watchOf("orders", { app: "ios", metric: "events", item: "Order" }, moving),
    watchOf("dau", { app: "ios", metric: "dau", unit: "day" }, moving),
  ];
  expect(sendsMoved(period, some)[0]).toMatchObject({ observed: 2_400, expected: 800 });
  expect(sendsMoved(period, [...some, watchOf("all", {}, moving)])[0]).toMatchObject({ observed: 1_200 });
});

test("what differs by less than a tenth, or is not known, is not listed", () => {
  expect(sendsMoved(period, [watchOf("ios", { app: "ios" }, pastWith([[sale, 108]]))])).toEqual([]);
  const unknown = { first: monday, values: [], exclusions: [] };
  expect(sendsMoved(period, [watchOf("ios", { app: "ios" }, unknown)])).toEqual([]);
});

test("the review says so in one line, without claiming a cause", () => {
  const { sendsMoved: lines } = reviewText(reviewOf(period, [watchOf("ios", { app: "ios" }, moving)]));
  expect(lines.map((line) => plainText(line))).toEqual([
    "📣 Sessions within 4 hours of sends: push Sale 800 more than usual (+200%), campaign News 320 more than usual (+40%, 2 sends)",
  ]);
  expect(reviewText(reviewOf(period, [])).sendsMoved).toEqual([]);
});
