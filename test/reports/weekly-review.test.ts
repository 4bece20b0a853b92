import { describe, expect, test } from "vitest";
import type { Incident } from "../../src/incidents/incident.ts";
import type { Label } from "../../src/incidents/label.ts";
import type { AuditedDecision } from "../../src/reports/audit.ts";
import { mainOf } from "../../src/reports/main-series.ts";
import { precisionOf } from "../../src/reports/precision.ts";
import { reviewDue } from "../../src/reports/review-due.ts";
import { type Past, suggestionFor } from "../../src/reports/suggest.ts";
import { reviewOf, totalOf, type WatchedPeriod } from "../../src/reports/weekly-review.ts";
import { footerOf } from "../../src/text/review-footer.ts";
import { suggestionInWords } from "../../src/text/suggested-sensitivity.ts";
import { watchInWords } from "../../src/text/weekly-review.ts";
import { bucketsBetween, DAY, HOUR, hourName, WEEK } from "../../src/time/time.ts";
import { anAppWatch, anIncident, noon } from "../support/builders.ts";

const profile = { unit: "hour", zone: "UTC" } as const;
const monday = Date.UTC(2026, 5, 15);
const period = { from: monday, to: monday + WEEK };

const at = (hours: number) => noon + hours * HOUR;
const began = (hours: number, label?: Label, over: Partial<Incident> = {}): Incident =>
  anIncident({
    id: `ios.drop@${hourName(at(hours))}`,
    watchId: "ios",
    openedAt: at(hours),
    lastAnomalousBucket: at(hours),
    ...(label && { labelled: { label, by: "ada", at: at(hours + 5) } }),
    ...over,
  });
const decided = (
  incident: Incident,
  decision: AuditedDecision["decision"],
  hoursAfter = 1.25,
): AuditedDecision => ({
  incidentId: incident.id,
  bucket: incident.openedAt,
  decision,
  at: incident.openedAt + hoursAfter * HOUR,
});
const watched = (over: Partial<WatchedPeriod> = {}): WatchedPeriod => ({
  watch: anAppWatch({ id: "ios" }),
  incidents: [],
  entries: [],
  decisions: [],
  verdicts: [],
  isMuted: false,
  profile,
  ...over,
});
const account = (over: Partial<WatchedPeriod>) => reviewOf(period, [watched(over)]).watches[0]!;

describe("the weekly account of a watch", () => {
  test("counts the incidents that opened in the period", () => {
    const incidents = [began(-40), began(0), began(30, undefined, { severity: "critical" }), began(200)];
    expect(account({ incidents })).toMatchObject({ incidents: 2, critical: 1 });
  });

  test.each<[string, Partial<Record<Label, number>>, number | undefined]>([
    ["is unknown while nothing is labelled", {}, undefined],
    ["is unknown below five labels", { "false-alarm": 1, real: 3 }, undefined],
    ["is the share of the real among the real and the false", { real: 4, "false-alarm": 2 }, 2 / 3],
    ["does not count what was expected or is normal by now", { real: 5, expected: 2, "new-normal": 1 }, 1],
    ["is nothing where all were false", { "false-alarm": 5 }, 0],
  ])("its precision %s", (_, given, precision) => {
    const labels = Object.entries(given).flatMap(([label, n]) => Array(n).fill(label) as Label[]);
    const { labels: counts } = account({ incidents: labels.map((label, i) => began(5 * i, label)) });
    expect(precisionOf(counts)).toBe(precision);
  });

  test("gives the time from the first hour of an incident to the first notification", () => {
    const [alone, together] = [began(0), { ...began(20), began: at(18) }];
    const decisions = [
      decided(alone, { notify: "opened" }),
      decided(alone, { notify: "resolved" }, 4),
      decided(together, { notify: "opened" }),
    ];
    const { detection } = account({ incidents: [alone, together], decisions });
    expect(detection).toBe(((1.25 + 3.25) / 2) * HOUR);
  });

  test("counts messages, overflow summaries, and mutes, each incident once", () => {
    const [first, second, third] = [began(0), began(10), began(20)];
    const decisions = [
      decided(first, { notify: "opened" }),
      decided(first, { notify: "updated" }, 2),
      ...[1, 2].map((hours) => decided(second, { suppress: "over-limit", overflow: "d" }, hours)),
      decided(third, { suppress: "muted" }),
    ];
    const expected = account({ incidents: [first, second, third], decisions, isMuted: true });
    expect(expected).toMatchObject({ messages: [first.id], overLimit: 1, muted: 1, isMuted: true });
    expect(watchInWords(expected)).toBe(
      "no sessions known; 3 incidents; 1 over the alert limit, in an overflow summary; 1 not posted because of a mute; muted now",
    );
  });

  test("counts the hours that were not evaluated", () => {
    const entries = [
      { bucket: at(0), verdict: "normal" },
      { bucket: at(1), verdict: "not-evaluated" },
    ] as const;
    expect(account({ entries })).toMatchObject({ evaluated: 1, notEvaluated: 1 });
  });
});

test("all watches are added up, those with most incidents first", () => {
  const quiet = watched({ watch: anAppWatch({ id: "a" }) });
  const loud = watched({ incidents: [began(0, "real"), began(9)] });
  const review = reviewOf(period, [quiet, loud], { changes: 2 });
  expect(review.watches.map(({ watchId }) => watchId)).toEqual(["ios", "a"]);
  expect(totalOf(review.watches)).toMatchObject({ incidents: 2, unlabelled: 1 });
  expect(footerOf(review)).toEqual([
    "2 watches",
    "nothing was due",
    "labels: 1 real",
    "precision is shown from 5 labels on",
    "2 changes",
  ]);
});

describe("the week of a series", () => {
  // Five weeks of 100 an hour, each with fewer than the one before by this share.
  const past = (factor: number, over: Partial<Past> = {}): Past => ({
    first: monday - 4 * WEEK,
    values: bucketsBetween(monday - 4 * WEEK, monday + WEEK - HOUR, "hour").map((bucket) =>
      Math.round(100 * factor ** Math.floor((bucket - (monday - 4 * WEEK)) / WEEK)),
    ),
    ...over,
  });

  test("is compared with the week before", () => {
    const { total } = account({ past: past(0.9) });
    expect(total).toMatchObject({
      value: 66 * 168,
      known: 168,
      against: { observed: 66 * 168, expected: 73 * 168 },
    });
    expect(watchInWords(account({ past: past(0.9) }))).toBe("11,088 sessions, −10% on the week before");
  });

  test("that moved slowly without an incident shows its drift", () => {
    expect(account({ past: past(0.9) }).drift).toEqual({
      direction: "drop",
      weeks: 5,
      from: 100 * 168,
      to: 66 * 168,
    });
    expect(account({ past: past(1.01) }).drift, "too small").toBeUndefined();
    expect(account({ past: past(0.9), incidents: [began(-24 * 10)] }).drift, "people know").toBeUndefined();
  });

  test("names the incident that cost the most of its own week first", () => {
    const revenue = anAppWatch({ id: "revenue", series: { ...anAppWatch().series, metric: "revenue" } });
    const [small, large] = [
      began(0, undefined, { balance: -500 }),
      began(5, undefined, { id: "revenue.drop@1", watchId: "revenue", balance: -400 }),
    ];
    const cheap = past(1, { values: past(1).values.map(() => 5) });
    const review = reviewOf(period, [
      watched({ past: past(1), incidents: [small] }),
      watched({ watch: revenue, past: cheap, incidents: [large] }),
    ]);
    expect(review.biggest.map(({ incident }) => incident)).toEqual([large, small]);
  });

  test("is about whole apps before segments, and sessions before other metrics", () => {
    const series = { ...anAppWatch().series, segment: undefined } as unknown as ReturnType<
      typeof anAppWatch
    >["series"];
    const { segment: _, ...app } = series;
    const one = (id: string, more: object, factor = 1) =>
      watched({
        watch: anAppWatch({ id, series: { ...app, ...more } }),
        past: past(factor),
      });
    const { watches } = reviewOf(period, [
      one("segment", { segment: "s" }),
      one("revenue", { metric: "revenue" }),
      one("web", { app: "web" }, 0.5),
      one("ios", { app: "ios" }),
      one("ios-again", { app: "ios" }),
    ]);
    expect(mainOf({ watches }).map(({ watchId }) => watchId)).toEqual(["ios", "web", "revenue", "segment"]);
  });
});

describe("a suggestion", () => {
  // Eight weeks of a daily rhythm with some noise; in the last two an outage, and dips too small to matter.
  const first = noon - 8 * WEEK;
  const outage = noon - 5 * DAY;
  const dips = [3, 6, 9, 12].map((days) => noon - days * DAY - 3 * HOUR);
  const values = bucketsBetween(first, noon, "hour").map((bucket, i) => {
    const usual =
      1_000 + 400 * Math.sin((2 * Math.PI * bucket) / DAY) + 60 * Math.sin(i * 1.7) * Math.cos(i * 0.6);
    if (bucket >= outage && bucket < outage + 3 * HOUR) return 0;
    return Math.round(dips.some((dip) => bucket === dip) ? usual * 0.78 : usual);
  });
  const incidentAt = (openedAt: number, label: Label) =>
    began(0, label, { openedAt, lastAnomalousBucket: openedAt });
  const tried = (over: Partial<WatchedPeriod> = {}) =>
    suggestionFor(
      watched({
        watch: anAppWatch({ sensitivity: "high" }),
        past: { first, values },
        incidents: [incidentAt(outage, "real"), ...dips.map((dip) => incidentAt(dip, "false-alarm"))],
        ...over,
      }),
    );

  test("is the next lower sensitivity, with its alerts and what it would have missed", () => {
    const suggestion = tried()!;
    expect(suggestion.present.alerts).toBeGreaterThan(suggestion.suggested.alerts);
    expect(suggestion).toMatchObject({ suggested: { sensitivity: "normal", missed: 0 }, real: 1 });
    expect(suggestionInWords(suggestion)).toMatch(
      /^sensitivity normal would have alerted \d+ times instead of \d+ over the stored history\. It would not have missed the incident labeled real\.$/,
    );
  });

  test("is not made where it would miss an incident labelled real", () => {
    expect(tried({ incidents: dips.map((dip) => incidentAt(dip, "real")) })).toBeUndefined();
  });

  test("is not made where there is no lower sensitivity", () => {
    expect(tried({ watch: anAppWatch({ sensitivity: "low" }) })).toBeUndefined();
  });

  test("is not made for a watch without false alarms", () => {
    const incidents = [incidentAt(outage, "real")];
    const { suggestion } = account({
      watch: anAppWatch({ sensitivity: "high" }),
      past: { first, values },
      incidents,
    });
    expect(suggestion).toBeUndefined();
  });
});

describe("the weekly review is due", () => {
  const mondayAtNine = { weekday: 0, timeOfDay: 9 * HOUR };
  const nextMonday = monday + WEEK;
  test.each([
    ["from its time on", nextMonday + 9 * HOUR, true],
    ["not before", nextMonday + 9 * HOUR - 1, false],
    ["for a day", nextMonday + DAY + 9 * HOUR - 1, true],
    ["no longer: what was missed waits for the next week", nextMonday + DAY + 9 * HOUR, false],
  ])("%s", (_, now, isDue) => {
    expect(reviewDue(now, mondayAtNine, "UTC")).toEqual(
      isDue ? { period: { from: monday, to: nextMonday }, notifiedOn: "2026-06-22" } : undefined,
    );
  });

  test("by the clock of its time zone, for seven of its own days", () => {
    const berlin = { from: monday - 2 * HOUR, to: nextMonday - 2 * HOUR };
    expect(reviewDue(nextMonday + 7 * HOUR, mondayAtNine, "Europe/Berlin")?.period).toEqual(berlin);
    expect(reviewDue(nextMonday + 7 * HOUR - 1, mondayAtNine, "Europe/Berlin")).toBeUndefined();
  });
});
