import { createHmac } from "node:crypto";
import { request } from "undici";
import { afterEach, beforeEach, expect, test } from "vitest";
import { secrets } from "../../simulator/destinations/kinds.ts";
import { type DestinationSimulator, startDestinations } from "../../simulator/destinations/server.ts";
import type { DestinationConfig } from "../../src/config/destinations.ts";
import { readRoutes } from "../../src/config/routes.ts";
import { createLog } from "../../src/log.ts";
import { HOUR } from "../../src/time/time.ts";
import { type Receiving, startReceiving } from "../../workers/destinations/receive.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

const SECRET = "secret-of-the-webhook-subscription";
const KEY = "main.C0ALERTS1.hour.drop@2026-06-16T14";
const at = (hours: number) => noon + hours * HOUR;

let stage: Stage;
let outside: DestinationSimulator;
let receiving: Receiving;
let now = () => noon;

beforeEach(async () => {
  outside = await startDestinations(() => now());
  const destinations: DestinationConfig[] = [
    {
      name: "pager",
      kind: "pagerduty",
      routingKey: secrets.routingKey,
      webhookSecret: SECRET,
      url: outside.addressOf("pagerduty"),
      allowPrivate: true,
    },
  ];
  stage = await setStage(noon, {
    destinations,
    routes: readRoutes("everything to:pager", destinations).routes,
  });
  now = stage.now;
  const address = { host: "127.0.0.1", port: 0 };
  receiving = (await startReceiving({ destinations, receiving: address }, stage.bot, createLog("silent")))!;
  for (const watch of watches) await stage.bot.watches.save(watch);
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 3 });
  await stage.startWorkers();
  await stage.liveThrough(at(2));
  await until(() => outside.alerts("pagerduty").has(KEY), "the page");
});
afterEach(async () => {
  await receiving.stop();
  await stage.close();
  await outside.close();
});

/** A webhook (v3) as PagerDuty sends it. */
async function report(
  event: string,
  { key = KEY, seconds = 0, secret = SECRET, agent = "user_reference", path = "pager" } = {},
): Promise<number> {
  const body = JSON.stringify({
    event: {
      id: "01BRB6ZP4M6T8ZG4X6BP63ZB9O",
      event_type: `incident.${event}`,
      resource_type: "incident",
      occurred_at: new Date(at(3) + seconds * 1_000).toISOString(),
      agent: { id: "PLH1HKV", summary: "Tenex Engineer", type: agent },
      client: { name: "PagerDuty" },
      data: { id: "PGR0VU2", type: "incident", status: event, incident_key: key },
    },
  });
  const hmac = createHmac("sha256", secret).update(body).digest("hex");
  const signature = `v1=${"0".repeat(64)},v1=${hmac}`;
  const { statusCode, body: answer } = await request(`${receiving.url}/destinations/${path}`, {
    method: "POST",
    headers: { "x-pagerduty-signature": signature },
    body,
  });
  await answer.dump();
  return statusCode;
}

const shown = () => JSON.stringify(stage.slack.messages("C0ALERTS1")[0]);
const incident = async () => (await stage.bot.incidents.live("ios"))[0];

test("who acknowledges in PagerDuty is shown in Slack, and nothing is sent back", async () => {
  expect(await report("acknowledged")).toBe(202);
  await until(() => shown().includes("Acknowledged by Tenex Engineer in PagerDuty"), "the acknowledgement");
  await stage.liveThrough(at(3));
  expect(outside.received("pagerduty").map(({ action }) => action)).not.toContain("acknowledge");
  expect(await report("unacknowledged", { seconds: 60, agent: "service_reference" })).toBe(202);
  await until(async () => (await incident())?.acknowledged === undefined, "the end of the acknowledgement");
});

test("a page that is resolved in PagerDuty shows that in Slack, stays closed, and the incident goes on", async () => {
  await report("acknowledged");
  expect(await report("resolved", { seconds: 30 })).toBe(202);
  await until(() => shown().includes("Tenex Engineer (resolved in PagerDuty)"), "the resolution");
  await stage.liveThrough(at(3));
  expect((await incident())?.resolvedAt).toBeUndefined();
  await stage.liveThrough(at(8));
  await until(async () => (await incident()) === undefined, "the end of the incident");
  expect(outside.received("pagerduty").map(({ action }) => action)).toEqual(["trigger"]);
});

test("what comes late or again changes nothing, and what Tidewatch did itself is no news", async () => {
  await report("resolved", { agent: "inbound_integration_reference" });
  expect((await incident())?.acknowledged).toBeUndefined();
  await report("acknowledged", { seconds: 60 });
  await until(async () => (await incident())?.acknowledged !== undefined, "the acknowledgement");
  const before = await incident();
  expect(await report("unacknowledged", { seconds: 30 })).toBe(202);
  expect(await report("acknowledged", { seconds: 60 })).toBe(202);
  expect((await incident())?.acknowledged).toEqual(before?.acknowledged);
});

test("an unsigned report, one of another destination and one of an unknown alert change nothing", async () => {
  expect(await report("acknowledged", { secret: "another-secret" })).toBe(401);
  expect(await report("acknowledged", { path: "hook" })).toBe(404);
  expect(await report("acknowledged", { key: "somebody-elses" })).toBe(202);
  expect(await report("priority_updated")).toBe(202);
  expect((await incident())?.acknowledged).toBeUndefined();
});
