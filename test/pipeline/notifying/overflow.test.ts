import { beforeEach, expect, test } from "vitest";
import type { Incident } from "../../../src/incidents/incident.ts";
import type { AlertLimits } from "../../../src/notifications/alert-limit.ts";
import { notify } from "../../../src/pipeline/notify.ts";
import { DAY, HOUR } from "../../../src/time/time.ts";
import { anIncident, noon } from "../../support/builders.ts";
import { aStage } from "../stage.ts";

const once: AlertLimits = { watch: [], channel: [{ messages: 1, within: DAY }] };

let stage: ReturnType<typeof aStage>;
beforeEach(async () => {
  stage = aStage({}, once);
  await stage.stands(0);
  await stage.newPosts();
});

/** Another incident, long enough after the first to form its own alert group. */
const idAt = (hours: number) => `ios.drop@2026-06-16T${12 + hours}`;
async function another(hours: number, change: Partial<Incident> = {}) {
  const openedAt = noon + hours * HOUR;
  const begun = {
    id: idAt(hours),
    watchId: "ios",
    openedAt,
    lastBucket: openedAt,
    lastAnomalousBucket: openedAt,
  };
  const before = (await stage.incidents.byId(begun.id)) ?? anIncident(begun);
  await stage.incidents.save({ ...before, ...change });
  await stage.outbox.add(begun.id, stage.groupKey);
}

const firstIsOver = () => stage.stands(1, { resolvedAt: noon + HOUR });

test("alerts beyond the limit share one overflow summary, edited as more arrive and as they end", async () => {
  await firstIsOver();
  await stage.newPosts();
  stage.passTo(4);
  await another(4);
  const [overflow, ...more] = await stage.newPosts();
  expect(more).toEqual([]);
  expect(overflow).toMatchObject({
    how: "root",
    text: expect.stringMatching(
      /^(🔴 Critical|🟠 Warning): 1 more incident over the alert limit of 1 message a day: iOS down/,
    ),
  });

  stage.passTo(8);
  await another(4, { resolvedAt: noon + 6 * HOUR });
  await another(8);
  const edits = await stage.newPosts();
  expect(edits.map(({ how }) => how)).toEqual(["edit", "edit", "reply"]);
  expect(edits.at(-2)?.text).toContain("2 more incidents (1 open) over the alert limit");
  expect(await stage.newPosts()).toEqual([]);
  expect([...(await stage.outbox.all())]).toEqual([]);
});

test("the audit log records an alert in an overflow summary with the summary's name", async () => {
  await firstIsOver();
  await stage.newPosts();
  stage.passTo(4);
  await another(4);
  await stage.newPosts();
  const decisions = (await stage.audit.decisions("ios", 0)).filter(
    ({ incidentId }) => incidentId === idAt(4),
  );
  expect(decisions.map(({ decision }) => decision)).toEqual([
    { suppress: "over-limit", overflow: "C0ALERTS1.overflow@2026-06-16T16:15" },
  ]);
});

test("an incident in an overflow summary is recorded there, so that its end is posted once and it is then removed", async () => {
  await firstIsOver();
  await stage.newPosts();
  stage.passTo(4);
  await another(4);
  await stage.newPosts();
  expect((await stage.incidents.byId(idAt(4)))?.lastNotified).toMatchObject({ resolved: false });
  await another(4, { resolvedAt: noon + 6 * HOUR });
  expect((await stage.newPosts()).map(({ how }) => how)).toEqual(["edit"]);
  expect(await stage.incidents.live("ios")).toEqual([]);
});

test("an incident that turns critical gets its own message as soon as the limit allows it", async () => {
  await firstIsOver();
  await stage.newPosts();
  stage.passTo(8);
  await another(8);
  await stage.newPosts();
  await another(8, {
    severity: "critical",
    lastBucket: noon + 9 * HOUR,
    lastAnomalousBucket: noon + 9 * HOUR,
  });
  stage.passTo(9);
  expect((await stage.newPosts()).map(({ how }) => how)).toEqual(["edit"]);

  await another(8, { lastBucket: noon + 25 * HOUR, lastAnomalousBucket: noon + 25 * HOUR });
  stage.passTo(25);
  expect((await stage.newPosts()).map(({ how, text }) => [how, text.slice(0, 12)])).toEqual([
    ["root", "🔴 Critical:"],
  ]);
  await another(8, { resolvedAt: noon + 27 * HOUR });
  expect((await stage.newPosts()).map(({ how }) => how)).toEqual(["edit", "reply"]);
});

test("a crash between any two steps posts nothing twice", async () => {
  await firstIsOver();
  await stage.newPosts();
  stage.passTo(4);
  await another(4);
  for (const step of ["overflows", "alertGroups", "incidents", "audit"] as const) {
    const broken = { ...stage, [step]: failing(stage[step]) };
    await expect(notify(stage.groupKey, broken as typeof stage)).rejects.toThrow("crash");
  }
  await stage.newPosts();
  expect(
    stage.everything().filter(({ how, text }) => how === "root" && text.includes("more incident")),
  ).toHaveLength(1);
});

/** A store that takes no writes. */
function failing<Store extends object>(store: Store): Store {
  const crash = async () => {
    throw new Error("crash");
  };
  const writes = Object.keys(store).filter((name) => /^(save|record)/.test(name));
  return { ...store, ...Object.fromEntries(writes.map((name) => [name, crash])) };
}

test("a deleted overflow summary is posted again when something changes", async () => {
  await firstIsOver();
  await stage.newPosts();
  stage.passTo(4);
  await another(4);
  await stage.newPosts();
  stage.deleteAll();
  stage.passTo(8);
  await another(8);
  expect((await stage.newPosts()).map(({ how }) => how)).toEqual(["edit", "root", "reply"]);
});

test("shortly after its last edit, an overflow summary is edited only for something new", async () => {
  await firstIsOver();
  await stage.newPosts();
  stage.passTo(4);
  await another(4);
  await stage.newPosts();
  const hasty = { ...stage, editEvery: HOUR };
  await another(4, { lastBucket: noon + 5 * HOUR, lastAnomalousBucket: noon + 5 * HOUR });
  await notify(stage.groupKey, hasty);
  expect([...(await stage.outbox.all()).keys()]).toEqual([idAt(4)]);
});

test("two group keys of a channel that need an overflow summary at once post one", async () => {
  await firstIsOver();
  await stage.newPosts();
  stage.passTo(4);
  await another(4);
  const spike = anIncident({ id: "ios.spike@2026-06-16T16", watchId: "ios", direction: "spike" });
  const spikes = stage.groupKey.replace("drop", "spike");
  await stage.incidents.save(spike);
  await stage.outbox.add(spike.id, spikes);

  // While one worker waits for Slack, another notifies the other group key.
  const { messenger } = stage;
  const post: typeof messenger.post = async (...message) => {
    await notify(spikes, stage);
    return messenger.post(...message);
  };
  await notify(stage.groupKey, { ...stage, messenger: { ...messenger, post } });
  const overflows = () =>
    stage.everything().filter(({ how, text }) => how === "root" && text.includes("more incident"));
  expect(overflows()).toHaveLength(1);
  expect([...(await stage.outbox.all()).keys()]).toEqual([spike.id]);

  await notify(spikes, stage);
  expect(overflows()).toHaveLength(1);
  expect(stage.everything().findLast(({ how }) => how === "edit")?.text).toContain("2 more incidents");
  expect(await stage.outbox.all()).toEqual(new Map());
});

test("an overflow summary that Slack refuses is posted when it is retried", async () => {
  await firstIsOver();
  await stage.newPosts();
  stage.passTo(4);
  await another(4);
  const post = async () => {
    throw new Error("Slack is down");
  };
  const broken = { ...stage, messenger: { ...stage.messenger, post } };
  await expect(notify(stage.groupKey, broken)).rejects.toThrow("Slack is down");
  expect((await stage.newPosts()).map(({ how }) => how)).toEqual(["root"]);
});
