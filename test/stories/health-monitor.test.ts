import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { keysOf } from "../../src/adapters/redis/keys.ts";
import { DAY, HOUR, MINUTE } from "../../src/time/time.ts";
import { anEvent, noon } from "../support/builders.ts";
import { KEY, type Stage, type StageOptions, setStage, watches } from "../support/stage.ts";
import { until } from "../support/until.ts";

const ALERTS = "C0ALERTS1";
const OPS = "C0OPS0001";
const at = (hours: number) => noon + hours * HOUR;

let stage: Stage;
afterEach(() => stage?.close());

async function open(options: StageOptions = { ops: { channel: OPS } }) {
  stage = await setStage(noon, options);
  stage.braze.control.turn({ partialHour: "left-out" });
  for (const watch of watches) await stage.bot.watches.save({ ...watch, createdAt: stage.now() });
  await stage.startWorkers();
  await stage.liveThrough(noon);
}

const posted = (channel = OPS) => stage.slack.messages(channel);
const roots = () => posted().filter(({ threadTs }) => threadTs === undefined);
const texts = () => posted().map(({ text }) => text);
const stands = async (id: string) => (await stage.bot.healthIssues.all()).some((known) => known.id === id);

/** Runs the health monitor twice more, so that all its issues are posted. */
async function letLook() {
  const looks = () => stage.log.filter((line) => line.includes('"event":"health.done"')).length;
  const before = looks();
  await until(() => looks() >= before + 2, "two more looks");
}

const events = (event: string) =>
  stage.log.map((line) => JSON.parse(line) as Record<string, string>).filter((line) => line.event === event);

describe("with an ops channel", () => {
  beforeEach(() => open());

  test("a revoked key is one message, edited and then resolved after the repair, and nobody is alerted of a drop", async () => {
    stage.braze.control.useKey("another");
    stage.passTo(at(1));
    await until(() => stands("braze.main"), "the trouble to be seen");
    await letLook();
    expect(posted()).toEqual([]);

    stage.pass(2 * MINUTE);
    await until(() => posted().length > 0, "the trouble to be told");
    await letLook();
    stage.braze.control.useKey(KEY, []);
    stage.pass(6 * MINUTE);
    await until(() => roots()[0]!.before.length === 1, "another reason to be an edit");
    await letLook();
    expect(texts()).toEqual([
      expect.stringMatching(/^🔴 Tidewatch cannot read Braze \(workspace main\): .* 403/),
    ]);

    stage.braze.control.useKey(KEY, ["sessions.data_series"]);
    await stage.liveThrough(at(2));
    stage.pass(6 * MINUTE);
    await until(() => posted().length === 2, "the end to be told");
    await letLook();
    expect(texts()).toEqual([
      expect.stringMatching(/^✅ Resolved after .*: Tidewatch cannot read Braze/),
      expect.stringMatching(/^✅ Resolved after /),
    ]);
    expect(posted()[1]?.threadTs).toBe(posted()[0]?.ts);
    expect(posted(ALERTS)).toEqual([]);
    expect(await stage.bot.healthIssues.all()).toEqual([]);
    expect(stage.log.join("\n")).not.toContain(KEY);
  });

  test("ticks that fail are noticed, and the hours they leave behind are reported although ticks trigger that check", async () => {
    await stage.connection.set(keysOf("tidewatch").rechecks(), "damaged by hand");
    stage.passTo(at(2));
    await until(() => stands("behind"), "that nothing is asked for to be seen");
    stage.pass(11 * MINUTE);
    await until(() => posted().length > 0, "that nothing is asked for to be told");
    expect(texts()[0]).toMatch(/Tidewatch is behind/);
    expect(events("tick.failed")[0]?.error).toContain("redis-cli TYPE");
  });

  test("late sessions are one message until they arrive, and the usual delay is learned", async () => {
    stage.delayBraze(90 * MINUTE);
    stage.passTo(at(1));
    await until(
      async () => ((await stage.bot.progress.of("main.ios.all.hour"))?.notBefore ?? 0) > at(2),
      "Braze to be asked",
    );
    await letLook();
    stage.pass(29 * MINUTE);
    await letLook();
    expect(posted()).toEqual([]);

    stage.pass(MINUTE);
    await until(() => posted().length === 3, "each series to be told");
    expect(texts()).toEqual(
      expect.arrayContaining(
        watches.map(({ appName }) => expect.stringContaining(`Data is late: ${appName}`)),
      ),
    );

    stage.delayBraze(0);
    stage.pass(5 * MINUTE);
    await stage.liveThrough(at(2));
    stage.pass(6 * MINUTE);
    await until(() => posted().length === 6, "the end to be told");
    expect(roots().map(({ text }) => text)).toEqual(
      Array(3).fill(expect.stringMatching(/^✅ Resolved after 2 hours: Data/)),
    );
    expect(posted(ALERTS)).toEqual([]);
    expect(await stage.bot.ingestionDelays.of("main.ios.all.hour")).toMatchObject({
      usual: expect.any(Number),
    });
  });

  test("a segment that Braze refuses has its own message, and the other series continue", async () => {
    const series = { workspace: "main", segment: "no-such-segment", unit: "hour" } as const;
    await stage.bot.watches.save({
      ...watches[0]!,
      id: "ghosts",
      createdAt: stage.now(),
      appName: "All apps",
      segmentName: "Ghosts",
      series,
    });
    await until(() => stands("refused.ghosts"), "the refusal to be seen");
    stage.pass(2 * MINUTE);
    await until(() => posted().length > 0, "the refusal to be told");
    await letLook();
    expect(texts()).toEqual([expect.stringMatching(/^🔴 Braze refuses requests for All apps · Ghosts: /)]);
  });

  test("an archived channel is reported to ops; its incident is kept and posted when the channel is back", async () => {
    stage.slack.change(ALERTS, { isArchived: true });
    stage.braze.control.happen({ series: { app: "ios" }, kind: "outage", from: at(1), hours: 3 });
    stage.passTo(at(2));
    await until(() => stands(`channel.${ALERTS}`), "the refusal to be seen");
    stage.pass(2 * MINUTE);
    await until(() => posted().length > 0, "the refusal to be told");
    expect(texts()).toEqual([expect.stringMatching(/is_archived/)]);

    stage.slack.change(ALERTS, { isArchived: false });
    await until(() => posted(ALERTS).length > 0, "the incident to be said");
    stage.pass(6 * MINUTE);
    await until(() => posted().length === 2, "the end to be told");
    await letLook();
    expect(roots()).toHaveLength(1);
  });

  test("a missing ops channel is logged once and blocks nothing", async () => {
    stage.slack.change(OPS, { isArchived: true });
    stage.braze.control.useKey("another");
    stage.passTo(at(1));
    await until(() => stands("braze.main"), "the trouble to be seen");
    stage.pass(2 * MINUTE);
    await until(() => stands(`channel.${OPS}`), "the archive to be noticed");
    stage.pass(2 * MINUTE);
    await until(() => events("ops.blind").length === 2, "both to be logged");
    await letLook();
    expect(events("ops.blind").map(({ healthIssue }) => healthIssue)).toEqual([
      "braze.main",
      `channel.${OPS}`,
    ]);

    await stage.bot.events.save(anEvent({ name: "Sale", from: at(6), to: at(9) }));
    await until(() => posted(ALERTS).length > 0, "what is planned to be made known");
    expect(posted(ALERTS).map(({ text }) => text)).toEqual([expect.stringMatching(/^📅 Sale/)]);

    stage.braze.control.useKey(KEY, ["sessions.data_series"]);
    await stage.liveThrough(at(2));
    expect((await stage.bot.journal.between("ios", at(1), at(2))).length).toBe(2);
  });

  test("the daily status is posted once a day even with two workers, and counts the last full day", async () => {
    await stage.startWorkers();
    await stage.liveThrough(noon + DAY);
    await until(() => posted().length > 0, "the daily status");
    await letLook();
    // Three watches, set up after 13:00 of the day before.
    expect(texts()).toEqual([
      expect.stringMatching(/^✅ Tue 16 Jun: all 33 hours evaluated, (no|\d) incidents?$/),
    ]);
  }, 120_000);
});

test("without an ops channel, health issues are logged", async () => {
  await open({});
  stage.braze.control.useKey("another");
  stage.passTo(at(1));
  await until(() => stands("braze.main"), "the trouble to be seen");
  stage.pass(2 * MINUTE);
  await until(() => events("ops.blind").length > 0, "the trouble to be logged");
  stage.braze.control.useKey(KEY, ["sessions.data_series"]);
  await stage.liveThrough(at(2));
  stage.pass(6 * MINUTE);
  await until(() => events("ops.seeing").length > 0, "its end to be logged");
  await letLook();
  expect(events("ops.blind")).toHaveLength(1);
  expect(events("ops.seeing")).toHaveLength(1);
  expect(posted()).toEqual([]);
});

describe("the heartbeat", () => {
  let server: Server;
  let beats = 0;
  let status = 200;
  beforeEach(async () => {
    beats = 0;
    status = 200;
    server = createServer((_, response) => {
      beats += 1;
      response.writeHead(status).end();
    });
    await new Promise<void>((listening) => server.listen(0, "127.0.0.1", listening));
    const heartbeatUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/ping/a-secret-token`;
    await open({ ops: { heartbeatUrl } });
  });
  afterEach(() => new Promise((closed) => server.close(closed)));

  test("is called once a minute after a complete round, and not while an hour is not evaluated", async () => {
    await until(() => beats === 1, "the first beat");
    await letLook();
    expect(beats).toBe(1);

    stage.braze.control.useKey("another");
    stage.passTo(at(1));
    await until(() => stands("braze.main"), "the trouble to be seen");
    await letLook();
    expect(beats).toBe(1);

    stage.braze.control.useKey(KEY, ["sessions.data_series"]);
    await stage.liveThrough(at(2));
    await until(() => beats > 1, "the next beat");
  });

  test("logs a failed call once, without its address", async () => {
    status = 500;
    for (let minute = 0; minute < 3; minute++) {
      const before = beats;
      stage.pass(MINUTE);
      await until(() => beats > before, "another beat");
    }
    status = 200;
    stage.pass(MINUTE);
    await until(() => events("heartbeat.back").length === 1, "it to be back");
    expect(events("heartbeat.failed")).toHaveLength(1);
    expect(stage.log.join("\n")).not.toContain("a-secret-token");
  });
});
