import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Incident } from "../../src/incidents/incident.ts";
import { evaluate } from "../../src/pipeline/evaluate.ts";
import { auditOf } from "../../src/pipeline/reports/audit.ts";
import { seriesId } from "../../src/series/series.ts";
import { DAY, HOUR, type Hour } from "../../src/time/time.ts";
import { anAppWatch, noon } from "../support/builders.ts";
import { apps, type Stage, setStage, stagedApp, watches } from "../support/stage.ts";

const at = (hours: number): Hour => noon + hours * HOUR;

/** What Braze returns instead of the usual share of an app's hour. */
let lastNotified: Map<string, number>;
let stage: Stage;
const usual = new Map(apps.map((id, i) => [id as string, stagedApp(id, i).counts]));

beforeEach(async () => {
  lastNotified = new Map();
  stage = await setStage(noon, {
    apps: apps.map((id, i) => {
      const app = stagedApp(id, i);
      return {
        ...app,
        counts: (hour: Hour) => Math.round(app.counts(hour) * (lastNotified.get(`${id} ${hour}`) ?? 1)),
      };
    }),
  });
});
afterEach(() => stage.close());

const braze = (share: number | undefined, hours: readonly number[], of: readonly string[] = ["web"]) => {
  for (const app of of)
    for (const hour of hours) {
      if (share === undefined) lastNotified.delete(`${app} ${at(hour)}`);
      else lastNotified.set(`${app} ${at(hour)}`, share);
    }
};

async function watchAll() {
  for (const watch of watches) await stage.bot.watches.save(watch);
  await stage.startWorkers();
  await stage.liveThrough(noon);
}
const incidents = async (watch = "web"): Promise<Incident[]> =>
  [...(await stage.bot.incidents.since(watch, at(-24)))].sort((a, b) => a.openedAt - b.openedAt);
const messages = () => stage.slack.messages("C0ALERTS1").filter(({ text }) => !text.startsWith("🗓️"));
const roots = () => messages().filter(({ threadTs }) => threadTs === undefined);
const texts = () => messages().map(({ text }) => text);
const audited = async (hour: number) =>
  (await auditOf("web", at(hour), at(hour), stage.bot)).map(({ verdict }) => verdict)[0];

/** What the stored hours say was lost from an hour to another. */
async function lost(from: number, to: number): Promise<number> {
  const { history } = (await stage.bot.series.read("main.web.all.hour"))!;
  const counted = (hour: number) => history.values[(at(hour) - history.first) / HOUR]!;
  return Array.from({ length: to - from + 1 }, (_, i) => counted(from + i)).reduce(
    (sum, count, i) => sum + usual.get("web")!(at(from + i)) - count,
    0,
  );
}

describe("hours that Braze corrects later", () => {
  test("retract an open incident, and its message says so", async () => {
    await watchAll();
    braze(0, [1, 2, 3]);
    await stage.liveThrough(at(3));
    expect(texts()).toEqual([expect.stringMatching(/^(🔴 Critical|🟠 Warning): web down 100%/)]);
    braze(undefined, [1, 2, 3]);
    await stage.liveThrough(at(5));

    expect(texts()).toEqual([
      expect.stringMatching(
        /^☑️ No drop after all: web\. Braze corrected the hours since Tue 16 Jun 1 PM UTC, /,
      ),
      expect.stringMatching(/^☑️ No drop after all: web/),
    ]);
    expect(JSON.stringify(messages().map(({ blocks }) => blocks))).not.toMatch(/lost|Lost/);
    expect(await Promise.all([1, 2, 3].map(audited))).toEqual(["normal", "normal", "normal"]);
    const [incident] = await incidents();
    expect(incident?.balance).toBeCloseTo(-0, -3);
    expect(await stage.bot.incidents.live("web")).toEqual([]);
  });

  test("change the loss of an open incident, up or down", async () => {
    await watchAll();
    braze(0, [1, 2, 3, 4]);
    await stage.liveThrough(at(2));
    braze(0.5, [1, 2]);
    await stage.liveThrough(at(3));
    const [raised] = await incidents();
    expect(-raised!.balance / (await lost(1, 3))).toBeCloseTo(1, 0);
    braze(0.1, [1, 2]);
    await stage.liveThrough(at(4));
    const [lowered] = await incidents();
    expect(lowered!.id).toBe(raised!.id);
    expect(-lowered!.balance / (await lost(1, 4))).toBeCloseTo(1, 0);
    expect(lowered!.balance).toBeLessThan(raised!.balance);
    expect(roots()).toHaveLength(1);
  });

  test("move the beginning of an incident to its true hour", async () => {
    await watchAll();
    braze(0, [1, 2, 3, 4]);
    await stage.liveThrough(at(3));
    braze(undefined, [1, 2]);
    await stage.liveThrough(at(4));
    const [later, ...others] = await incidents();
    expect(others).toEqual([]);
    expect(later?.openedAt).toBe(at(3));
    expect(roots()[0]?.text).toMatch(/since 3 PM|Tue 3–5 PM/);
    braze(0, [2]);
    await stage.liveThrough(at(5));
    expect((await incidents()).map(({ openedAt }) => openedAt)).toEqual([at(2)]);
    expect(roots()[0]?.text).toContain("since 2 PM");
    expect(roots()).toHaveLength(1);
  });

  test("change the numbers of a resolved incident without a new notification", async () => {
    await watchAll();
    braze(0, [1, 2]);
    await stage.liveThrough(at(4));
    expect(texts().at(-1)).toMatch(/^✅ Resolved: /);
    const [before] = await incidents();
    const posted = messages().length;
    braze(0.5, [1]);
    await stage.liveThrough(at(5));
    const [after] = await incidents();
    expect(after!.balance).toBeGreaterThan(before!.balance + 100);
    expect(roots()[0]?.text).toContain(`about ${Math.round(-after!.balance).toLocaleString("en-US")} fewer`);
    expect(messages()).toHaveLength(posted);
  });

  test("retract a resolved incident that was posted", async () => {
    await watchAll();
    braze(0, [1, 2]);
    await stage.liveThrough(at(4));
    braze(undefined, [1, 2]);
    await stage.liveThrough(at(6));
    expect(roots().map(({ text }) => text)).toEqual([expect.stringMatching(/^☑️ No drop after all: web/)]);
    expect(texts().filter((text) => text.startsWith("☑️"))).toHaveLength(2);
    expect((await incidents())[0]?.retracted).toBeDefined();
  });

  test("restore an incident that was retracted", async () => {
    await watchAll();
    braze(0, [1, 2, 3, 4, 5]);
    await stage.liveThrough(at(2));
    braze(undefined, [1, 2, 3]);
    await stage.liveThrough(at(3));
    expect(roots()[0]?.text).toMatch(/^☑️/);
    braze(0, [1, 2, 3]);
    await stage.liveThrough(at(4));
    const all = await incidents();
    expect(all).toHaveLength(1);
    expect(all[0]?.retracted).toBeUndefined();
    expect(roots().map(({ text }) => text)).toEqual([
      expect.stringMatching(/^(🔴 Critical|🟠 Warning): web down 100%/),
    ]);
  });

  test("open a drop that was not visible at first", async () => {
    await watchAll();
    await stage.liveThrough(at(3));
    braze(0, [2, 3]);
    await stage.liveThrough(at(5));
    expect((await incidents()).map(({ openedAt }) => openedAt)).toEqual([at(2)]);
    expect(await audited(2)).toBe("anomalous");
  });

  test("retract one of several incidents in one message", async () => {
    await watchAll();
    braze(0, [1, 2, 3], apps);
    await stage.liveThrough(at(2));
    expect(roots()[0]?.text).toMatch(/almost everywhere \(3 watches\)/);
    braze(undefined, [1, 2, 3], ["web"]);
    await stage.liveThrough(at(3));
    expect(roots()[0]?.text).toMatch(/down.* \(?2 (of 3 )?watches/);
    expect(texts().filter((text) => text.startsWith("☑️"))).toEqual([
      "☑️ No drop after all: web. Braze corrected the hours since Tue 16 Jun 1 PM UTC, and they are as expected",
    ]);
    await stage.liveThrough(at(5));
    const [ios, android] = [await incidents("ios"), await incidents("android")];
    const sum = Math.round(Math.abs(ios[0]!.balance) + Math.abs(android[0]!.balance));
    expect(roots()[0]?.text).toMatch(/^✅ Resolved: /);
    expect(roots()[0]?.text).toContain(`about ${sum.toLocaleString("en-US")} fewer sessions`);
  });

  test("post nothing when they retract an incident that was never posted", async () => {
    await watchAll();
    await stage.bot.mutes.save({
      scope: { kind: "watch", watch: "web" },
      by: "U1",
      at: at(1),
      until: at(24),
      incidents: [],
    });
    braze(0, [1, 2]);
    await stage.liveThrough(at(2));
    braze(undefined, [1, 2]);
    await stage.liveThrough(at(6));
    expect(texts()).toEqual([]);
    expect(await stage.bot.incidents.live("web")).toEqual([]);
  });

  test("that become unknown retract nothing", async () => {
    await watchAll();
    braze(0, [1, 2]);
    await stage.liveThrough(at(2));
    const id = "main.web.all.hour";
    await stage.bot.series.write(id, [], at(1), at(2));
    await evaluate(id, stage.bot);
    const [incident] = await incidents();
    expect(incident?.retracted).toBeUndefined();
    expect(incident?.resolvedAt).toBeUndefined();
  });

  test("do not make a watch alert on hours before its creation", async () => {
    await watchAll();
    await stage.liveThrough(at(3));
    const late = anAppWatch({
      id: "late",
      appName: "late",
      series: watches[2]!.series,
      createdAt: at(4),
      channel: "C0OPS0001",
    });
    await stage.bot.watches.save(late);
    braze(0, [1]);
    await stage.liveThrough(at(5));
    expect(await incidents("late")).toEqual([]);
    expect(await incidents("web")).toHaveLength(1);
  });
});

test("a day that Braze corrects retracts its incident", async () => {
  const watch = anAppWatch({
    id: "web-days",
    appName: "web",
    series: { workspace: "main", app: "web", unit: "day" },
    createdAt: noon - 100 * DAY,
  });
  const midnight = Math.floor(noon / DAY) * DAY;
  await stage.bot.watches.save(watch);
  await stage.startWorkers();
  await stage.passThrough(midnight - DAY, "day");
  for (let hour = 0; hour < 24; hour++) lastNotified.set(`web ${midnight + hour * HOUR}`, 0);
  await stage.passThrough(midnight, "day");
  expect(texts()).toEqual([expect.stringMatching(/^(🔴 Critical|🟠 Warning): web \(daily\) down 100%/)]);
  lastNotified.clear();
  await stage.passThrough(midnight + DAY, "day");
  expect(texts()[0]).toMatch(
    /^☑️ No drop after all: web \(daily\)\. Braze corrected the days since Tue 16 Jun, /,
  );
  expect(seriesId(watch.series)).toBe("main.web.all.day");
});

test("hours corrected during their evaluation are evaluated again, whichever finishes first", async () => {
  for (const watch of watches) await stage.bot.watches.save(watch);
  const workers = await stage.startWorkers();
  await stage.liveThrough(noon);
  braze(0, [1, 2]);
  await stage.liveThrough(at(2));
  await workers.stop();
  const id = "main.web.all.hour";
  const { series } = stage.bot;
  const good = [1, 2].map((hour) => ({ bucket: at(hour), value: usual.get("web")!(at(hour)) }));
  const bad = good.map(({ bucket }) => ({ bucket, value: 1 }));
  await series.write(id, bad, at(1), at(2));
  let isCorrected = false;
  const saveEvaluated = series.noteEvaluated.bind(series);
  (series as { noteEvaluated: typeof saveEvaluated }).noteEvaluated = async (...args) => {
    if (!isCorrected) {
      isCorrected = true;
      await series.write(id, good, at(1), at(2));
    }
    return saveEvaluated(...args);
  };
  await evaluate(id, stage.bot);
  expect((await incidents())[0]?.retracted).toBeDefined();
  expect((await series.read(id))?.revisedFrom).toBeUndefined();
});
