import { spawn } from "node:child_process";
import { once } from "node:events";
import { expect, test } from "vitest";
import { startBrazeSimulator } from "../../simulator/braze/server.ts";
import { simulatorCommand } from "../../simulator/options.ts";
import { HOUR } from "../../src/time/time.ts";
import { ask, hoursOf, SERIES } from "./ask.ts";

const now = Date.UTC(2026, 5, 16, 12);

test("without options the simulator has three apps on port 4010, in real time", () => {
  const { speed, options } = simulatorCommand([], now);
  expect(speed).toBe(1);
  expect(options).toMatchObject({ port: 4010, zone: "UTC", segments: [], incidents: [], switches: {} });
  expect(options.apps.map(({ id }) => id)).toEqual(["ios", "android", "web"]);
});

test("the simulator uses the given options", () => {
  const { speed, options } = simulatorCommand(
    [
      ["--port", "0", "--speed", "60", "--zone", "Asia/Tokyo", "--key", "abcdefgh"],
      ["--app", "ios=cars", "--app", "web=250", "--segment", "us=30%"],
      ["--incident", "ios:outage:-3:3", "--incident", "web:drop:2:5:0.4", "--incident", "web:shift:1:1:-0.2"],
      ["--switch", "timeForm=short-offset", "--switch", "order=descending"],
    ].flat(),
    now,
  );
  expect(speed).toBe(60);
  expect(options).toMatchObject({
    port: 0,
    zone: "Asia/Tokyo",
    apiKey: "abcdefgh",
    segments: [{ id: "us", share: 0.3 }],
    switches: { timeForm: "short-offset", order: "descending" },
    incidents: [
      { series: { app: "ios" }, kind: "outage", from: now - 3 * HOUR, hours: 3 },
      { series: { app: "web" }, kind: "drop", from: now + 2 * HOUR, hours: 5, size: 0.4 },
      { series: { app: "web" }, kind: "shift", from: now + HOUR, size: -0.2 },
    ],
  });
});

test("the simulator counts the events, products, campaigns and Canvases that are named, and a shop's without a name", async () => {
  const { options } = simulatorCommand(
    [
      ["--event", "Order: paid=0.5", "--product", "Rice Bowl=0.08@12.50"],
      ["--campaign", "0-summer=0.3:email,ios_push", "--canvas", "0-welcome=1:sms"],
      ["--incident", "ios/Order: paid:drop:1:3:0.7", "--incident", "web/revenue:refunds:0:2:3"],
    ].flat(),
    now,
  );
  expect(options).toMatchObject({
    events: [{ name: "Order: paid", perSession: 0.5 }],
    products: [{ name: "Rice Bowl", perSession: 0.08, price: 12.5 }],
    campaigns: [{ id: "0-summer", perSession: 0.3, channels: ["email", "ios_push"] }],
    canvases: [{ id: "0-welcome", perSession: 1, channels: ["sms"] }],
    incidents: [
      { series: { app: "ios", item: "Order: paid" }, kind: "drop", hours: 3, size: 0.7 },
      { series: { app: "web", metric: "revenue" }, kind: "refunds", hours: 2, size: 3 },
    ],
  });

  const braze = await startBrazeSimulator({
    ...simulatorCommand(["--port", "0"], now).options,
    clock: () => now,
  });
  const answers = await Promise.all(
    [
      ["/events/data_series", { unit: "hour", event: "Order Completed" }],
      ["/purchases/revenue_series", { unit: "hour", product: "Rice Bowl" }],
      ["/kpi/dau/data_series", {}],
      ["/campaigns/data_series", { campaign_id: "0-summer-sale" }],
      ["/canvas/data_series", { canvas_id: "0-welcome" }],
    ].map(([path, query]) =>
      ask(braze, path as string, { length: 2, ending_at: new Date(now).toISOString(), ...(query as object) }),
    ),
  );
  expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
  await braze.close();
});

test.each([
  ["--event orders", /is not an event: write its name/],
  ["--product bowl=0.1", /is not a product: write its name/],
  ["--campaign 0-a=0.1:fax", /"fax" is none of email/],
  ["--canvas 0-a", /is not a canvas: write its id/],
  ["--incident web/Nothing:drop:1:2:0.5", /"Nothing" is no metric/],
  ["--port 70000", /--port must be a number from 0 to 65535, not "70000"/],
  ["--speed fast", /--speed must be a number/],
  ["--speed 0", /--speed must be a number/],
  ["--zone Nowhere/City", /must be an IANA time zone/],
  ["--key abc", /six signs/],
  ["--app two=trains", /"trains" is none of bike-rentals, casual-bike-rentals, cars, pedestrians, station/],
  ["--app =cars", /is not an app/],
  ["--segment us=lots", /is not a segment/],
  ["--incident ios:boom:1:2", /"boom" is none of outage/],
  ["--incident ios:drop:1:2", /SIZE must be a number/],
  ["--incident ios:outage:soon:2", /IN must be a number/],
  ["--incident moon:outage:1:2", /there is no app "moon"/],
  ["--switch order=up", /none of ascending, descending/],
  ["--switch colour=red", /"colour" is none of timeForm/],
  ["--frob", /npm run simulator --/],
  ["frob", /npm run simulator --/],
])("%s is refused with an example of what works", (line, message) => {
  expect(() => simulatorCommand(line.split(" "), now)).toThrow(message);
});

test("the simulator runs by itself, prints how to call it, answers, and stops on Ctrl-C", async () => {
  const child = spawn(process.execPath, ["simulator/main.ts", "--port", "0", "--app", "ios=500"]);
  let printed = "";
  child.stdout.on("data", (piece) => {
    printed += piece;
  });
  while (!printed.includes("Ctrl-C")) await once(child.stdout, "data");
  const url = /at (http:\/\/127\.0\.0\.1:\d+)/.exec(printed)![1]!;
  expect(printed).toContain(`curl -H 'Authorization: Bearer simulated-braze-key' '${url}${SERIES}?`);

  const answer = await ask({ url }, SERIES, { length: 24, unit: "hour", app_id: "ios" });
  expect(hoursOf(answer)).toHaveLength(24);

  child.kill("SIGINT");
  const [code] = await once(child, "close");
  expect(code).toBe(0);
  expect(printed).toContain("stopped; requests answered: 1");
});

test("a port in use is reported in one line", async () => {
  const first = spawn(process.execPath, ["simulator/main.ts", "--port", "0"]);
  const [piece] = await once(first.stdout, "data");
  const port = /:(\d+)/.exec(String(piece))![1]!;
  const second = spawn(process.execPath, ["simulator/main.ts", "--port", port]);
  const [complaint] = await once(second.stderr, "data");
  expect(String(complaint)).toBe(`port ${port} cannot be used (EADDRINUSE): choose another with --port\n`);
  first.kill("SIGINT");
  await once(first, "exit");
});
