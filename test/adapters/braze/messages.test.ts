import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { brazeCompanyZone } from "../../../src/adapters/braze/company-zone.ts";
import { brazeItems } from "../../../src/adapters/braze/items.ts";
import { brazeLastSends } from "../../../src/adapters/braze/last-sends.ts";
import { brazeSegments } from "../../../src/adapters/braze/segments.ts";
import { brazeSendFacts } from "../../../src/adapters/braze/send-facts.ts";
import { brazeSends } from "../../../src/adapters/braze/sends.ts";
import { brazeSeries } from "../../../src/adapters/braze/series.ts";
import {
  hasItemName,
  type MetricName,
  metricNames,
  metricOf,
  metrics,
} from "../../../src/metrics/metrics.ts";
import { bucketName, DAY, HOUR } from "../../../src/time/time.ts";
import { KEY, openWorld } from "./world.ts";

const now = Date.UTC(2026, 5, 3, 13, 20);
const today = Date.UTC(2026, 5, 3);

/** A server that gives its answers one after the other, the last one again and again, and keeps what was asked. */
let asked: string[];
let bodies: string[];
const server = createServer((request, response) => {
  asked.push(request.url ?? "");
  response.setHeader("content-type", "application/json").end(bodies.length > 1 ? bodies.shift() : bodies[0]);
});
beforeEach(async () => {
  asked = [];
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
});
afterEach(async () => {
  server.close();
  server.closeAllConnections();
});

const options = () => ({
  name: "main",
  endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
  apiKey: KEY,
  clock: () => now,
});

/** The days that an answer tells of a metric. */
async function daysIn(metric: MetricName, body: string): Promise<string[]> {
  bodies = [body];
  const series = { workspace: "main", metric, item: "summer-id", unit: "day" } as const;
  const points = await brazeSeries(options()).points(series, today - 3 * DAY, today - DAY);
  return points.map(({ bucket, value }) => `${bucketName(bucket, "day")}=${value}`);
}

const success = (data: unknown) => JSON.stringify({ message: "success", data });

/** An answer about a campaign, with these messages on one day. */
const campaign = (messages: unknown) => success([{ time: "2026-06-02", ...(messages as object) }]);

/** An answer about a Canvas, with this on one day. */
const canvas = (day: object) => success({ name: "Onboarding", stats: [{ time: "2026-06-02", ...day }] });

// As recorded in 2022, with other numbers: an unused channel is an empty list.
const RECORDED_2022 = `{"data":[{"time":"2026-06-01","messages":{"email":[{"variation_api_id":"0-1","sent":0,"opens":0,"machine_open":0,"unique_opens":0,"machine_amp_open":0,"clicks":0,"unique_clicks":0,"unsubscribes":0,"bounces":0,"delivered":0,"reported_spam":0}],"sms":[]},"conversions_by_send_time":0,"conversions":0,"conversions1":0,"unique_recipients":0,"revenue":0.0},{"time":"2026-06-02","messages":{"email":[{"variation_api_id":"0-1","sent":1340,"opens":8,"machine_open":0,"unique_opens":7,"machine_amp_open":0,"clicks":1,"unique_clicks":1,"unsubscribes":0,"bounces":21,"delivered":1319,"reported_spam":0}],"sms":[]},"conversions_by_send_time":9,"conversions":9,"conversions1":0,"unique_recipients":1300,"revenue":12.5}],"message":"success"}`;

// As recorded in 2026: two variations, of which the control group has no `sent`; unused channels are left out.
const RECORDED_2026 = `{"message":"success","data":[{"time":"2026-06-02","messages":{"ios_push":[{"variation_name":"main","variation_api_id":"0-1","sent":40,"direct_opens":3,"total_opens":4,"bounces":2,"body_clicks":1,"revenue":0.0,"unique_recipients":40,"conversions":0},{"variation_name":"Control Group","variation_api_id":"0-2","enrolled":12,"revenue":0.0,"conversions":0}],"android_push":[{"variation_name":"main","variation_api_id":"0-1","sent":60,"direct_opens":3,"total_opens":4,"bounces":5,"body_clicks":1}]},"conversions":0,"unique_recipients":100,"revenue":0.0}]}`;

const STEPS = canvas({
  total_stats: { revenue: 0.0, conversions: 4, conversions_by_entry_time: 4, entries: 500 },
  step_stats: {
    wait: { name: "Wait", revenue: 0, conversions: 0 },
    first: { name: "Welcome", messages: { email: [{ sent: 300, delivered: 290, bounces: 4 }] } },
    second: {
      name: "Again",
      messages: { email: [{ sent: 100, delivered: 99, bounces: 1 }], webhook: [{ sent: 7, errors: 2 }] },
    },
  },
});

const ofCampaign =
  "/campaigns/data_series?campaign_id=summer-id&length=18&ending_at=2026-06-03T11%3A50%3A00Z";
const ofCanvas = "/canvas/data_series?canvas_id=summer-id&length=14&ending_at=2026-06-03T11%3A50%3A00Z";
const steps = "&include_step_breakdown=true&include_deleted_step_data=true";

const of = (list: object) => JSON.stringify({ message: "success", ...list });

describe("a campaign or Canvas is asked for character by character, and read as Braze writes it", () => {
  test.each<[MetricName, string, string, string[]]>([
    ["sends", ofCampaign, RECORDED_2022, ["2026-06-01=0", "2026-06-02=1340"]],
    ["email-deliveries", ofCampaign, RECORDED_2022, ["2026-06-01=0", "2026-06-02=1319"]],
    ["email-bounces", ofCampaign, RECORDED_2022, ["2026-06-01=0", "2026-06-02=21"]],
    ["sends", ofCampaign, RECORDED_2026, ["2026-06-02=100"]],
    ["push-sends", ofCampaign, RECORDED_2026, ["2026-06-02=100"]],
    ["push-bounces", ofCampaign, RECORDED_2026, ["2026-06-02=7"]],
    ["canvas-entries", ofCanvas, STEPS, ["2026-06-02=500"]],
    ["canvas-sends", ofCanvas + steps, STEPS, ["2026-06-02=407"]],
    ["canvas-email-bounces", ofCanvas + steps, STEPS, ["2026-06-02=5"]],
    ["canvas-webhook-errors", ofCanvas + steps, STEPS, ["2026-06-02=2"]],
  ])("%s", async (metric, url, answer, read) => {
    expect(await daysIn(metric, answer)).toEqual(read);
    expect(asked[0]).toBe(url);
  });
});

describe("what is absent from an answer is unknown, and is not zero", () => {
  test.each<[string, MetricName, string]>([
    ["no rows", "sends", success([])],
    ["null in place of rows", "sends", success(null)],
    ["null in place of a Canvas", "canvas-sends", success(null)],
    ["an empty list in place of a Canvas", "canvas-entries", success([])],
    ["no stats", "canvas-entries", success({ name: "Onboarding", stats: [] })],
    ["null in place of stats", "canvas-entries", success({ name: "Onboarding", stats: null })],
    ["no messages", "sends", campaign({ conversions: 0 })],
    ["null in place of messages", "sends", campaign({ messages: null })],
    ["no channel", "sends", campaign({ messages: {} })],
    ["only empty channels", "email-sends", campaign({ messages: { email: [], sms: [] } })],
    ["null in place of a channel", "email-sends", campaign({ messages: { email: null } })],
    ["only a control group", "email-sends", campaign({ messages: { email: [{ enrolled: 3 }] } })],
    ["no steps", "canvas-sends", canvas({ total_stats: { entries: 3 } })],
    ["steps without messages", "canvas-sends", canvas({ step_stats: { wait: { name: "Wait" } } })],
    ["no totals", "canvas-entries", canvas({ step_stats: {} })],
  ])("%s: nothing is known of %s", async (_what, metric, body) => {
    expect(await daysIn(metric, body)).toEqual([]);
  });

  test.each<[string, unknown]>([
    ["a variation without the figure", [{ sent: 5 }, { opens: 1 }]],
    ["a variation with null", [{ sent: 5 }, { sent: null }]],
    ["a variation with a part of one", [{ sent: 5 }, { sent: 1.5 }]],
    ["a variation below zero", [{ sent: 5 }, { sent: -1 }]],
    ["a variation that is no object", [{ sent: 5 }, 7]],
    ["a channel that is no list", "email"],
  ])("%s leaves only its own day unknown", async (_what, email) => {
    const rows = [
      { time: "2026-06-01", messages: { email: [{ sent: 9 }] } },
      { time: "2026-06-02", messages: { email } },
    ];
    expect(await daysIn("email-sends", success(rows))).toEqual(["2026-06-01=9"]);
  });

  test.each<[string, MetricName, string, RegExp]>([
    [
      "a campaign",
      "email-bounces",
      RECORDED_2026,
      /no email bounces of this campaign.*ios_push, android_push/,
    ],
    ["a Canvas", "canvas-sms-sends", STEPS, /no SMS sends of this Canvas.*email, webhook/],
  ])(
    "%s without the channel is refused with the channels that it has",
    async (_what, metric, body, words) => {
      await expect(daysIn(metric, body)).rejects.toMatchObject({
        failure: "braze-unknown-id",
        message: expect.stringMatching(words),
      });
    },
  );

  test("an answer without data is an error", async () => {
    await expect(daysIn("sends", '{"message":"success"}')).rejects.toThrow(/without success/);
    await expect(daysIn("canvas-sends", success({ name: "Onboarding" }))).rejects.toThrow(/without success/);
  });
});

describe("the lists are asked for character by character, page by page", () => {
  const row = (id: string, name: string) => ({
    id,
    name,
    tags: [],
    last_edited: "2022-11-29T14:59:02+00:00",
  });

  test.each([
    [metrics.sends.item!, "/campaigns/list", "campaigns"],
    [metrics["canvas-entries"].item!, "/canvas/list", "canvases"],
  ])("%o", async (item, path, field) => {
    bodies = [of({ [field]: [row("0-1", "Summer Sale"), row("0-2", "")] }), of({ [field]: [] })];
    expect(await brazeItems(options())(item)).toEqual([
      { id: "0-1", name: "Summer Sale" },
      { id: "0-2", name: "0-2" },
    ]);
    expect(asked).toEqual([`${path}?page=0`, `${path}?page=1`]);
  });

  test.each([
    [metrics.events.item, "/events/list", { events: ["Order"] }],
    [metrics.revenue.item, "/purchases/product_list", { products: ["5499334426779", "Rice Bowl"] }],
  ])("%o", async (item, path, list) => {
    bodies = [of(list), of({ [item.field]: [] })];
    expect((await brazeItems(options())(item)).map(({ id }) => id)).toEqual(Object.values(list)[0]);
    expect(asked).toEqual([`${path}?page=0`, `${path}?page=1`]);
  });

  test("segments", async () => {
    const segment = { id: "us", name: "US", analytics_tracking_enabled: true, tags: [] };
    bodies = [of({ segments: [segment] }), of({ segments: [] })];
    expect(await brazeSegments(options())()).toEqual([{ id: "us", name: "US", isTracked: true }]);
    expect(asked).toEqual(["/segments/list?page=0", "/segments/list?page=1"]);
  });

  test("the calendar of messages, which names the zone of the company", async () => {
    const scheduled = { id: "0-1", type: "Campaign", tags: [], next_send_time: "2026-06-04T09:00:00" };
    bodies = [
      of({
        scheduled_broadcasts: ["local_time_zones", "intelligent_delivery", "Asia/Tokyo"].map((zone) => ({
          ...scheduled,
          name: zone,
          schedule_type: zone,
        })),
      }),
    ];
    expect(await brazeCompanyZone(options())()).toBe("Asia/Tokyo");
    expect(asked).toEqual(["/messages/scheduled_broadcasts?end_time=2026-07-03T00%3A00%3A00Z"]);
  });
});

test.each([
  ["2026-06-03T15:00:00Z", "UTC", "2026-06-03T15:00:00Z"],
  ["2026-06-03T15:00:00-04:00", "America/New_York", "2026-06-03T19:00:00Z"],
  ["2026-06-03T15:00:00", "Asia/Tokyo", "2026-06-03T06:00:00Z"],
  ["2026-06-03 15:00:00", "UTC", "2026-06-03T15:00:00Z"],
  ["2026-06-03T15:00:00", "local_time_zones", "2026-06-03T13:00:00Z"],
  ["2026-06-03T15:00:00", undefined, "2026-06-03T13:00:00Z"],
])(
  "a send at %s, scheduled by %s, goes out at %s where users live in Berlin",
  async (written, schedule, instant) => {
    const sale = {
      id: "0-1",
      name: "Sale",
      type: "Campaign",
      next_send_time: written,
      schedule_type: schedule,
    };
    bodies = [of({ scheduled_broadcasts: [sale] })];
    const [send] = await brazeSends({ ...options(), zone: "Europe/Berlin" })();
    expect(send?.time).toBe(Date.parse(instant));
    expect(asked).toEqual(["/messages/scheduled_broadcasts?end_time=2026-06-05T00%3A00%3A00Z"]);
  },
);

test("what was sent at once is asked for among what was edited in the last two days", async () => {
  const listed = { id: "0-1", name: "Sale", tags: [], last_edited: "2026-06-03T11:00:00+00:00" };
  const last = new Date(now - HOUR).toISOString();
  bodies = [
    of({ campaigns: [listed, { ...listed, id: "0-2" }, { ...listed, id: "0-3" }] }),
    of({ schedule_type: "time_based", last_sent: last }),
    of({ schedule_type: "api_triggered", last_sent: last }),
    of({ canvases: [{ ...listed, id: "1-1" }] }),
    of({ schedule_type: "time_based", first_entry: null, last_entry: null }),
  ];
  const scope = { workspace: "main" };
  expect(await brazeLastSends(options())(now - 6 * HOUR, 6)).toEqual([
    { id: "0-1", name: "Sale", kind: "campaign", time: now - HOUR, scope },
  ]);
  const query = `page=0&sort_direction=desc&last_edit.time%5Bgt%5D=${encodeURIComponent(new Date(now - 2 * DAY).toISOString())}`;
  expect(asked).toEqual([
    `/campaigns/list?${query}`,
    "/campaigns/details?campaign_id=0-1",
    "/campaigns/details?campaign_id=0-2",
    `/canvas/list?${query}`,
    "/canvas/details?canvas_id=1-1",
  ]);
});

describe("what else is known of a send", () => {
  const sale = {
    id: "0-1",
    name: "Sale",
    kind: "campaign",
    time: now,
    scope: { workspace: "main" },
  } as const;
  const welcome = { ...sale, id: "1-1", kind: "canvas" } as const;

  test("its channels, of a campaign and of a Canvas", async () => {
    const details = { name: "Sale", draft: false, schedule_type: "time_based", first_sent: null, tags: [] };
    bodies = [
      of({ ...details, channels: ["email"] }),
      of({ ...details, channels: ["ios_push", "android_push"] }),
    ];
    const { channels } = brazeSendFacts(options());
    expect(await channels(sale)).toEqual(["email"]);
    expect(await channels(welcome)).toEqual(["ios_push", "android_push"]);
    expect(asked).toEqual(["/campaigns/details?campaign_id=0-1", "/canvas/details?canvas_id=1-1"]);
  });

  test("how many got it today so far", async () => {
    const sent = { time: "2026-06-03", messages: { email: [{ sent: 1_200 }], ios_push: [{ sent: 34 }] } };
    bodies = [of({ data: [sent] })];
    expect(await brazeSendFacts(options()).audience(sale)).toBe(1_234);
    expect(asked[0]).toMatch(/^\/campaigns\/data_series\?campaign_id=0-1&length=1&ending_at=/);
  });

  test.each([
    ["no channels", of({ name: "Sale" }), /cannot be read \(channels: /],
    ["a failure", JSON.stringify({ message: "Invalid campaign" }), /without success/],
    ["nothing", "null", /without success/],
  ])("an answer with %s is an error", async (_, body, message) => {
    bodies = [body];
    await expect(brazeSendFacts(options()).channels(sale)).rejects.toThrow(message);
  });
});

describe("against the simulator", () => {
  const message = (id: string, channels: string[]) => ({ id, name: id, perSession: 0.2, channels });
  const both = ["email", "ios_push", "android_push", "sms", "whats_app", "webhook"];
  const marketing = { campaigns: [message("summer", both)], canvases: [message("welcome", both)] };
  const item = (metric: MetricName) =>
    metricOf({ metric }).item?.parameter === "canvas" ? { item: "welcome" } : { item: "summer" };
  const ofMessages = metricNames.filter((metric) => hasItemName({ metric }));

  test.each(ofMessages)("%s is read the same however an answer is written", async (metric) => {
    const world = await openWorld(now, marketing);
    const series = { workspace: "main", metric, ...item(metric), unit: "day" } as const;
    const read = () => world.client().points(series, today - 40 * DAY, today - DAY);
    const plain = await read();
    expect(plain).toHaveLength(40);
    expect(plain.some(({ value }) => value > 0)).toBe(true);
    for (const unusedChannels of ["left-out", "[]", "null"] as const) {
      const written = { numbers: "float", keys: "data-first", controlGroup: "without-sent" } as const;
      world.control.turn({ ...written, unusedChannels });
      expect(await read()).toEqual(plain);
    }
    await world.close();
  });

  test("a day without a message is unknown where Braze leaves its messages out", async () => {
    const outage = { kind: "outage", series: { item: "summer" }, from: today - 2 * DAY, hours: 24 } as const;
    const world = await openWorld(now, { ...marketing, incidents: [outage] });
    const series = { workspace: "main", metric: "sends", item: "summer", unit: "day" } as const;
    const read = () => world.client().points(series, today - 3 * DAY, today - DAY);
    expect((await read()).map(({ value }) => value > 0)).toEqual([true, false, true]);
    world.control.turn({ noSends: "no-messages" });
    expect((await read()).map(({ bucket }) => bucket)).toEqual([today - 3 * DAY, today - DAY]);
    await world.close();
  });

  test.each([
    ["campaign", { metric: "sends", item: "gone" }, /the campaign is still in Braze/],
    ["Canvas", { metric: "canvas-entries", item: "gone" }, /the Canvas is still in Braze/],
  ] as const)("a %s that is gone is refused in a clear sentence", async (_what, counted, advice) => {
    const world = await openWorld(now, marketing);
    const series = { workspace: "main", ...counted, unit: "day" } as const;
    await expect(world.client().points(series, today - DAY, today - DAY)).rejects.toMatchObject({
      failure: "braze-unknown-id",
      advice: expect.stringMatching(advice),
    });
    await world.close();
  });

  test("campaigns have requests a minute of their own", async () => {
    const world = await openWorld(now, { ...marketing, campaignRequestsPerMinute: 2, requestsPerHour: 100 });
    const read = (metric: MetricName) =>
      world
        .client({ quotaReserve: 0 })
        .points({ workspace: "main", metric, ...item(metric), unit: "day" }, today - DAY, today - DAY);
    await read("sends");
    await read("email-sends");
    await expect(read("sends")).rejects.toMatchObject({ failure: "braze-rate-limit", retryAfter: 60_000 });
    expect(await read("canvas-sends")).toHaveLength(1);
    world.setTime(now + 60_000);
    expect(await read("sends")).toHaveLength(1);
    await world.close();
  });
});
