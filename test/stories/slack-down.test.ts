import { afterEach, expect, test } from "vitest";
import { secrets } from "../../simulator/destinations/kinds.ts";
import { type Mailbox, startMailbox } from "../../simulator/destinations/mailbox.ts";
import { type DestinationSimulator, startDestinations } from "../../simulator/destinations/server.ts";
import type { DestinationConfig } from "../../src/config/destinations.ts";
import { readRoutes } from "../../src/config/routes.ts";
import { seriesId } from "../../src/series/series.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import type { Workers } from "../../workers/start.ts";
import { noon } from "../support/builders.ts";
import { type Stage, setStage, testTiming, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

const at = (hours: number) => noon + hours * HOUR;

let stage: Stage;
let outside: DestinationSimulator;
let mailbox: Mailbox;
let workers: Workers;
let now = () => noon;
const received: string[] = [];

afterEach(async () => {
  await stage.close();
  await Promise.all([outside.close(), mailbox.close()]);
});

/** Lets time go on in steps of five minutes, each with a try to post, up to the evaluation of an hour. */
async function liveThrough(hour: number, isDown: boolean): Promise<void> {
  const end = hour + HOUR + testTiming.evaluationDelay;
  while (stage.now() < end) {
    stage.pass(Math.min(5 * MINUTE, end - stage.now()));
    await until(
      async () => {
        const progress = await stage.bot.progress.all();
        const due = Math.floor((stage.now() - testTiming.evaluationDelay) / HOUR) * HOUR - HOUR;
        const isEvaluated = watches.every(
          ({ series }) => (progress.get(seriesId(series))?.evaluatedThrough ?? 0) >= due,
        );
        const isEmpty = (await stage.bot.outbox.all()).size === 0;
        return isEvaluated && (isEmpty || (isDown && (await stage.bot.outage.get())?.at === stage.now()));
      },
      `${new Date(stage.now()).toISOString()} to be worked off`,
    );
    // A step is five minutes: nobody decides in one and posts in another.
    await until(async () => (await workers.queues.depths()).notify.active === 0, "a post under way to end");
    await until(async () => noteReceived() && (await isDelivered()), "what is due elsewhere to be sent");
  }
}

/** Whether each destination was looked at since the last step: nothing is being sent. */
async function isDelivered(): Promise<boolean> {
  for (const name of ["pager", "mail"])
    for (const key of (await stage.bot.deliveries.pending(name)).keys())
      if ((await stage.bot.deliveries.byId(`${name}/${key}`))?.sending) return false;
  return true;
}

/** Notes who was sent what, and when. */
function noteReceived(): true {
  const clock = new Date(stage.now()).toISOString().slice(11, 16);
  const mails = mailbox.mails.map(({ subject }) => `mail: ${subject}`);
  const pages = outside
    .received("pagerduty")
    .map(({ action, summary, key }) => `pager: ${action} ${summary || key.replace(/@.*/, "")}`);
  const all = [...pages, ...mails];
  const noted = received.map((line) => line.slice(6));
  for (const one of all)
    if (all.filter((other) => other === one).length > noted.filter((other) => other === one).length) {
      received.push(`${clock} ${one}`);
      noted.push(one);
    }
  return true;
}

test("while Slack is down for three hours everybody is notified elsewhere once, and once it is back only the sum", async () => {
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
      name: "mail",
      kind: "mail",
      smtp: mailbox.smtp,
      from: "tidewatch@shop.example",
      to: ["oncall@shop.example"],
      allowPrivate: true,
    },
  ];
  stage = await setStage(noon, {
    destinations,
    routes: readRoutes("android to:pager severity:critical", destinations).routes,
    ops: { channel: "C0OPS0001" },
    slackOnStageTime: true,
    slack: {
      channels: [
        { id: "C0ALERTS1", name: "alerts" },
        { id: "C0ALERTS2", name: "more-alerts" },
        { id: "C0OPS0001", name: "tidewatch-ops" },
      ],
    },
  });
  now = stage.now;
  for (const watch of watches)
    await stage.bot.watches.save({
      ...watch,
      channel: watch.id === "ios" ? "C0ALERTS1" : "C0ALERTS2",
      owner: "U0ADA0001",
    });
  stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(1), hours: 1 });
  stage.braze.control.happen({ series: { app: "android" }, kind: "outage", from: at(2), hours: 9 });
  workers = await stage.startWorkers();
  await liveThrough(at(0), false);
  await stage.slack.down();
  await liveThrough(at(3) + 10 * MINUTE, true);
  await stage.slack.up();
  await liveThrough(at(4), false);

  // By the hour, since each step is five minutes long; the end of the outage is known some minutes after it.
  const byHour = received.map((line) => line.slice(0, 2) + line.slice(5));
  // What is sent in the same hour by jobs of their own has no order.
  expect(byHour.slice(0, 4).toSorted()).toEqual([
    expect.stringMatching(/^14 mail: 🔴 Critical: ios down 100%/),
    expect.stringMatching(/^14 mail: 🔴 Slack takes no messages/),
    expect.stringMatching(/^15 pager: trigger 🔴 Critical: android down 100%/),
    expect.stringMatching(/^16 mail: ✅ Resolved: ios back to normal/),
  ]);
  expect(byHour.slice(4)).toEqual([
    expect.stringMatching(/mail: ✅ Resolved after .* Slack takes no messages/),
  ]);
  expect(mailbox.mails[0]?.raw.replaceAll("=\r\n", "")).toContain(
    "Slack has taken no messages since Tue 16 Jun",
  );

  const posted = (channel: string) => stage.slack.messages(channel).map(({ text }) => text);
  expect(posted("C0ALERTS1")).toEqual([
    "✅ Resolved: 1 incident sent to other destinations while Slack took no messages: ios down 100% at worst",
  ]);
  expect(posted("C0ALERTS2")).toEqual([expect.stringMatching(/^🔴 Critical: android down 100%/)]);
  const [android] = stage.slack.messages("C0ALERTS2");
  expect(JSON.stringify(android?.blocks)).toContain("it was sent to other destinations");
  expect(JSON.stringify(android?.blocks)).not.toContain("<@U0ADA0001>");
});
