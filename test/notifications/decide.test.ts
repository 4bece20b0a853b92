import { describe, expect, test } from "vitest";
import type { Member } from "../../src/incidents/alert-group.ts";
import type { Incident, Told } from "../../src/incidents/incident.ts";
import type { Label } from "../../src/incidents/label.ts";
import { type Decision, decide } from "../../src/notifications/decide.ts";
import type { HushReason } from "../../src/notifications/suppression.ts";
import { HOUR } from "../../src/time/time.ts";
import { aMember, aScore, noon } from "../builders.ts";

const told = (over: Partial<Told> = {}): Told => ({
  severity: "warning",
  resolved: false,
  bucket: noon,
  at: noon + HOUR,
  channel: "C0ALERTS1",
  ts: "1.000001",
  ...over,
});

const unsaid = {};
const said = { ref: { channel: "C0ALERTS1", ts: "1.000001" } };
const over = { resolvedAt: noon + 2 * HOUR };

const planned = { label: "expected", by: "ada", at: noon + HOUR } as const;

const moment = { now: noon + 3 * HOUR, reminding: { every: 4 * HOUR, atMost: 3 } };

describe("decide", () => {
  test.each<[string, object, Member[], Decision]>([
    ["says a new incident", unsaid, [aMember()], { say: "opened" }],
    ["says several at once as one", unsaid, [aMember(), aMember()], { say: "opened" }],
    ["goes on saying what a crash cut short", said, [aMember(), aMember()], { say: "opened" }],
    ["says nothing twice", said, [aMember({ told: told() })], { stayQuiet: "told-already" }],
    ["says who joined", said, [aMember({ told: told() }), aMember()], { say: "joined" }],
    [
      "edits the message when there are newer hours",
      said,
      [aMember({ lastBucket: noon + HOUR, told: told() })],
      { say: "updated" },
    ],
    ["says when it got worse", said, [aMember({ severity: "critical", told: told() })], { say: "worsened" }],
    [
      "does not say that another got as bad as one that was said to be",
      said,
      [
        aMember({ severity: "critical", told: told({ severity: "critical" }) }),
        aMember({ severity: "critical", told: told() }),
      ],
      { say: "updated" },
    ],
    [
      "says that another got worse, when the one that was said to be critical is over",
      said,
      [
        aMember({ ...over, severity: "critical", told: told({ severity: "critical", resolved: true }) }),
        aMember({ severity: "critical", told: told() }),
      ],
      { say: "worsened" },
    ],
    [
      "says that another got worse, when the one that was said to be critical is expected",
      said,
      [
        aMember({
          severity: "critical",
          told: told({ severity: "critical", labelled: planned }),
          labelled: planned,
        }),
        aMember({ severity: "critical", told: told() }),
      ],
      { say: "worsened" },
    ],
    [
      "does not say that it got less bad",
      said,
      [aMember({ severity: "critical", told: told({ severity: "critical" }) })],
      { stayQuiet: "told-already" },
    ],
    ["says that it is over", said, [aMember({ ...over, told: told() })], { say: "resolved" }],
    [
      "does not say that it is over while one goes on",
      said,
      [aMember({ ...over, told: told() }), aMember({ told: told() })],
      { say: "updated" },
    ],
    [
      "says only once that it is over",
      said,
      [aMember({ ...over, told: told({ resolved: true }) })],
      { stayQuiet: "told-already" },
    ],
    ["says that it is back", said, [aMember({ told: told({ resolved: true }) })], { say: "reopened" }],
    ["says what was over before anyone could be told", unsaid, [aMember(over)], { say: "missed" }],
    [
      "says what follows from a label",
      said,
      [aMember({ told: told(), labelled: planned })],
      { say: "labelled" },
    ],
    [
      "says it also of what is over",
      said,
      [aMember({ ...over, told: told({ resolved: true }), labelled: planned })],
      { say: "labelled" },
    ],
    [
      "says it once",
      said,
      [aMember({ told: told({ labelled: planned }), labelled: planned })],
      { stayQuiet: "told-already" },
    ],
    [
      "says that a label was taken back",
      said,
      [aMember({ told: told({ labelled: planned }) })],
      { say: "labelled" },
    ],
    [
      "says that it is over before it says that it was labelled",
      said,
      [aMember({ ...over, told: told(), labelled: planned })],
      { say: "resolved" },
    ],
    [
      "does not say that what is expected got worse",
      said,
      [aMember({ severity: "critical", told: told({ labelled: planned }), labelled: planned })],
      { say: "updated" },
    ],
  ])("%s", (_, cause, members, decision) => {
    expect(decide(cause, members, moment)).toEqual(decision);
  });

  const inDigest = { digestId: "C0ALERTS1.digest@2026-06-16T12:05" };
  const overBudget = { stayQuiet: "over-budget", digest: inDigest.digestId } as const;
  const isCritical = { severity: "critical" } as const;
  test.each<[string, object, Member[], Decision]>([
    ["leaves to it what is new", inDigest, [aMember()], overBudget],
    ["leaves to it what goes on", inDigest, [aMember({ lastBucket: noon + HOUR, told: told() })], overBudget],
    ["leaves to it the end", inDigest, [aMember({ ...over, told: told() })], overBudget],
    [
      "leaves to it what was critical and is over",
      inDigest,
      [aMember({ ...over, ...isCritical })],
      overBudget,
    ],
    ["says nothing twice", inDigest, [aMember({ told: told() })], { stayQuiet: "told-already" }],
    [
      "asks for room for what turned critical",
      inDigest,
      [aMember({ ...isCritical, told: told() })],
      { say: "opened" },
    ],
    [
      "follows what got room as ever",
      { ...said, ...inDigest },
      [aMember({ ...over, told: told() })],
      { say: "resolved" },
    ],
    ["leaves what is muted alone", inDigest, [aMember({}, {}, { because: "muted" })], { stayQuiet: "muted" }],
  ])("what a digest tells of %s", (_, cause, members, decision) => {
    expect(decide(cause, members, moment)).toEqual(decision);
  });

  const hushed = (because: HushReason) => (incident: Partial<Incident>) => aMember(incident, {}, { because });
  const muted = hushed("muted");
  const quiet = hushed("quiet-hours");
  const keptAt = (hours: number, because: HushReason = "muted") => ({
    withheld: { because, at: noon + hours * HOUR },
  });
  test.each<[string, object, Member[], Decision]>([
    ["silences a new incident", unsaid, [muted({})], { stayQuiet: "muted" }],
    [
      "silences one that got worse",
      said,
      [muted({ severity: "critical", told: told() })],
      { stayQuiet: "muted" },
    ],
    ["silences one that nobody was told of", unsaid, [muted(over)], { stayQuiet: "muted" }],
    ["silences one that is back", said, [muted({ told: told({ resolved: true }) })], { stayQuiet: "muted" }],
    ["lets the end of a told one through", said, [muted({ ...over, told: told() })], { say: "resolved" }],
    ["of one watch leaves the others to be heard", unsaid, [muted({}), aMember()], { say: "opened" }],
    [
      "that ends while what was told goes on is said to be over",
      said,
      [aMember({ lastBucket: noon + HOUR, told: told(), ...keptAt(2) })],
      { say: "unmuted" },
    ],
    [
      "that ends is said to be over only once",
      said,
      [aMember({ told: told({ at: noon + 3 * HOUR }), ...keptAt(2) })],
      { stayQuiet: "told-already" },
    ],
    [
      "that ends while what nobody was told of goes on makes it known",
      unsaid,
      [aMember(keptAt(2))],
      { say: "opened" },
    ],
    [
      "that ends after what nobody was told of is over leaves it untold",
      unsaid,
      [aMember({ ...over, ...keptAt(2) })],
      { stayQuiet: "muted" },
    ],
    [
      "that ends after what was told is over lets its end be heard",
      said,
      [aMember({ ...over, told: told(), ...keptAt(2) })],
      { say: "resolved" },
    ],
  ])("a mute %s", (_, cause, members, decision) => {
    expect(decide(cause, members, moment)).toEqual(decision);
  });

  test.each<[string, object, Member[], Decision]>([
    ["keep back a new incident", unsaid, [quiet({})], { stayQuiet: "quiet-hours" }],
    [
      "keep back the end of a told one",
      said,
      [quiet({ ...over, told: told() })],
      { stayQuiet: "quiet-hours" },
    ],
    [
      "that are over let be said what began and ended in them",
      unsaid,
      [aMember({ ...over, ...keptAt(2, "quiet-hours") })],
      { say: "missed" },
    ],
    [
      "that are over are no news",
      said,
      [aMember({ told: told(), ...keptAt(2, "quiet-hours") })],
      { stayQuiet: "told-already" },
    ],
  ])("quiet hours %s", (_, cause, members, decision) => {
    expect(decide(cause, members, moment)).toEqual(decision);
  });

  const critical = (change: Partial<Incident>, toldChange: Partial<Told> = {}) =>
    aMember({ severity: "critical", told: told({ severity: "critical", ...toldChange }), ...change });
  const acknowledged = { by: "ada", at: noon + 2 * HOUR };
  const known = { acknowledgedBy: "ada" };
  /** Said at 13:00, and last reminded of so many hours after noon. */
  const saidAt = (hours: number) => ({ saidAt: noon + hours * HOUR, newsAt: noon + HOUR });
  const throughHour = (hours: number) => ({
    lastBucket: noon + hours * HOUR,
    lastAnomalousBucket: noon + hours * HOUR,
  });
  const later = (hours: number) => ({ ...moment, now: noon + hours * HOUR });

  // It was told at 13:00.
  test.each<[string, Member[], number, Decision]>([
    ["comes when the interval is over", [critical({})], 5, { say: "reminder" }],
    ["does not come before", [critical({})], 4.99, { stayQuiet: "told-already" }],
    [
      "is not put off by edits, which notify nobody",
      [critical({}, { at: noon + 4 * HOUR, saidAt: noon + HOUR })],
      5,
      { say: "reminder" },
    ],
    [
      "comes again after the next interval",
      [critical({}, { saidAt: noon + 5 * HOUR })],
      9,
      { say: "reminder" },
    ],
    ["does not come while it eases", [critical({ lastBucket: noon + 4 * HOUR })], 99, { say: "updated" }],
    ["goes before newer hours", [critical(throughHour(4))], 5, { say: "reminder" }],
    ["is not for a warning", [aMember({ told: told() })], 99, { stayQuiet: "told-already" }],
    [
      "is not for what is acknowledged",
      [critical({ acknowledged }, known)],
      99,
      { stayQuiet: "told-already" },
    ],
    [
      "is for what joined after an acknowledgement",
      [critical({ acknowledged }, known), critical({})],
      5,
      { say: "reminder" },
    ],
    [
      "is not for what is easing",
      [critical({ lastBucket: noon + 4 * HOUR, latest: aScore({ observed: 1_250 }) })],
      5,
      { say: "updated" },
    ],
    ["is not for what is over", [critical(over)], 99, { say: "resolved" }],
    [
      "is not for what is muted",
      [{ ...critical({}), hush: { because: "muted" } }],
      99,
      { stayQuiet: "muted" },
    ],
  ])("a reminder %s", (_, members, hours, decision) => {
    expect(decide(said, members, later(hours))).toEqual(decision);
  });

  const labelled = (label: Label) => ({ labelled: { label, by: "ada", at: noon + 2 * HOUR } });
  test.each<[string, Member[], number, Decision]>([
    [
      "after three intervals says that it is the last",
      [critical({}, saidAt(9))],
      13,
      { say: "last-reminder" },
    ],
    ["comes no more after the last", [critical({}, saidAt(13))], 99, { stayQuiet: "told-already" }],
    ["that was held up counts for those it came instead of", [critical({})], 14, { say: "last-reminder" }],
    [
      "is not the last while something newer is left alone",
      [critical({}, saidAt(9)), critical({}, { at: noon + 8 * HOUR })],
      13,
      { say: "reminder" },
    ],
    [
      "is for what somebody called real",
      [critical(labelled("real"), labelled("real"))],
      5,
      { say: "reminder" },
    ],
    [
      "is not for what was expected",
      [critical(labelled("expected"), labelled("expected"))],
      5,
      { stayQuiet: "told-already" },
    ],
    [
      "is not for a new normal",
      [critical(labelled("new-normal"), labelled("new-normal"))],
      5,
      { stayQuiet: "told-already" },
    ],
    [
      "is not for a false alarm",
      [critical(labelled("false-alarm"), labelled("false-alarm"))],
      5,
      { stayQuiet: "told-already" },
    ],
  ])("a reminder %s", (_, members, hours, decision) => {
    expect(decide(said, members, later(hours))).toEqual(decision);
  });

  test("an interval of 0 means no reminders", () => {
    expect(decide(said, [critical({})], { ...later(99), reminding: { every: 0, atMost: 3 } })).toEqual({
      stayQuiet: "told-already",
    });
  });

  test.each<[string, Member[], Decision]>([
    ["is shown in the message", [aMember({ acknowledged, told: told() })], { say: "updated" }],
    ["is shown once", [aMember({ acknowledged, told: told(known) })], { stayQuiet: "told-already" }],
    [
      "does not keep back that it got worse",
      [aMember({ severity: "critical", acknowledged, told: told(known) })],
      { say: "worsened" },
    ],
    [
      "is no news once it is over",
      [aMember({ ...over, acknowledged, told: told({ resolved: true }) })],
      { stayQuiet: "told-already" },
    ],
  ])("an acknowledgement %s", (_, members, decision) => {
    expect(decide(said, members, moment)).toEqual(decision);
  });
});
