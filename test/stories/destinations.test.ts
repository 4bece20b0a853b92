import { afterEach, expect, test } from "vitest";
import { secrets } from "../../simulator/destinations/kinds.ts";
import { type Mailbox, startMailbox } from "../../simulator/destinations/mailbox.ts";
import { type DestinationSimulator, startDestinations } from "../../simulator/destinations/server.ts";
import type { DestinationConfig } from "../../src/config/destinations.ts";
import { readRoutes } from "../../src/config/routes.ts";
import { acknowledge } from "../../src/pipeline/actions/acknowledge.ts";
import { sendSample } from "../../src/pipeline/delivering/send-sample.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { type Stage, type StageOptions, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

const at = (hours: number) => noon + hours * HOUR;

let stage: Stage;
let outside: DestinationSimulator;
let mailbox: Mailbox;
let now = () => noon;

afterEach(async () => {
  await stage.close();
  await Promise.all([outside.close(), mailbox.close()]);
});

/** A stage with a pager, a webhook, an Alertmanager and a mailbox. */
async function stageWith(routes: string, more: StageOptions = {}): Promise<void> {
  outside = await startDestinations(() => now());
  mailbox = await startMailbox();
  const destinations: DestinationConfig[] = [
    {
      name: "pager",
      kind: "pagerduty",
      routingKey: secrets.routingKey,
      url: outside.addressOf("pagerduty"),
      allowPrivate: true,
    },
    {
      name: "hook",
      kind: "webhook",
      secret: secrets.webhook,
      url: outside.addressOf("webhook"),
      allowPrivate: true,
    },
    {
      name: "prom",
      kind: "alertmanager",
      url: outside.addressOf("alertmanager"),
      labels: {},
      allowPrivate: true,
    },
    {
      name: "mail",
      kind: "mail",
      smtp: mailbox.smtp,
      from: "tidewatch@shop.example",
      to: ["oncall@shop.example"],
      allowPrivate: true,
    },
  ];
  const read = readRoutes(routes, destinations);
  expect(read.problems).toEqual([]);
  stage = await setStage(noon, { destinations, routes: read.routes, ...more });
  now = stage.now;
  for (const watch of watches) await stage.bot.watches.save(watch);
}

const pages = () => [...outside.alerts("pagerduty")];

/** Waits until nothing is left to send: each destination's outbox is empty, or what is in it was sent. */
const untilPaged = (state: string) =>
  until(() => pages().some(([, alert]) => alert.state === state), `a page that is ${state}`);

test("an outage pages once, is acknowledged in Slack and there, and ends there when it ends", async () => {
  await stageWith(
    "everything to:pager severity:critical; everything to:hook; everything to:mail; everything to:prom",
  );
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 3 });
  await stage.startWorkers();
  await stage.liveThrough(at(3));
  await untilPaged("open");
  expect(pages()).toMatchObject([
    ["main.C0ALERTS1.hour.drop@2026-06-16T14", { calls: [expect.stringContaining("ios down 100%")] }],
  ]);
  const [incident] = await stage.bot.incidents.live("ios");
  await acknowledge(incident!.id, "U0ADA0001", stage.bot);
  await untilPaged("acknowledged");
  await stage.liveThrough(at(8));
  await untilPaged("resolved");
  await until(() => mailbox.mails.length === 3, "three mails: opened, acknowledged, resolved");
  expect(outside.alerts("webhook").get("main.C0ALERTS1.hour.drop@2026-06-16T14")).toMatchObject({
    state: "resolved",
    calls: [expect.any(String)],
  });
  await until(
    async () =>
      (
        await Promise.all(["pager", "hook", "prom", "mail"].map((name) => stage.bot.deliveries.pending(name)))
      ).every(({ size }) => size === 0),
    "nothing left to send",
  );
  expect(mailbox.mails.map(({ subject }) => subject.slice(0, 14))).toEqual([
    expect.stringContaining("Critical"),
    expect.stringContaining("Acknowledged"),
    expect.stringContaining("Resolved"),
  ]);
  const decisions = await stage.bot.audit.decisions("ios", noon);
  const sentTo = (name: string) =>
    decisions.flatMap(({ decision }) => ("send" in decision && decision.to === name ? [decision.send] : []));
  // What an Alertmanager is sent again and again is listed once.
  for (const name of ["pager", "hook", "prom", "mail"])
    expect(sentTo(name).sort()).toEqual(["acknowledge", "resolve", "trigger"]);
  expect(stage.log.join()).not.toContain(mailbox.password);
  expect(await stage.redis.written()).not.toContain(secrets.routingKey);
});

test("what nobody acknowledges within half an hour is sent on", async () => {
  await stageWith("ios to:pager after:30m");
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 9 });
  await stage.startWorkers();
  await stage.liveThrough(at(2));
  await until(
    async () =>
      (await stage.bot.deliveries.byId("pager/main.C0ALERTS1.hour.drop@2026-06-16T14")) !== undefined,
    "the delivery to be noticed",
  );
  stage.pass(29 * MINUTE);
  await until(async () => (await stage.bot.outbox.all()).size === 0, "the next look");
  expect(pages()).toEqual([]);
  stage.pass(2 * MINUTE);
  await untilPaged("open");
});

test("a destination that hangs, refuses or is down delays no other, and is sent what it missed once", async () => {
  await stageWith("everything to:pager; everything to:hook");
  outside.faults.during("pagerduty", { kind: "status", status: 503 }, at(0), at(5));
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(2), hours: 9 });
  await stage.startWorkers();
  await stage.liveThrough(at(3));
  await until(() => outside.alerts("webhook").size === 1, "the webhook");
  expect(pages()).toEqual([]);
  await until(
    async () => (await stage.bot.failures.all()).has("destination/pager"),
    "the failure to be noted",
  );
  await stage.liveThrough(at(5));
  await untilPaged("open");
  expect(pages()[0]![1].calls).toHaveLength(1);
  await until(async () => !(await stage.bot.failures.all()).has("destination/pager"), "the failure to end");
});

test("a sample goes to every destination of a channel, and says which failed", async () => {
  await stageWith("C0ALERTS1 to:pager; ios to:mail; C0OPS0001 to:hook");
  expect(await sendSample("C0ALERTS1", stage.bot)).toEqual([
    { destination: "pager" },
    { destination: "mail" },
  ]);
  expect(pages()).toMatchObject([[expect.stringContaining("test/C0ALERTS1"), { state: "resolved" }]]);
  await outside.down();
  expect(await sendSample("C0ALERTS1", stage.bot)).toMatchObject([
    { destination: "pager", failed: expect.stringContaining("refused") },
    { destination: "mail" },
  ]);
  await outside.up();
});
