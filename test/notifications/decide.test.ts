import { describe, expect, test } from "vitest";
import type { Member } from "../../src/incidents/alert-group.ts";
import type { Incident, LastNotified } from "../../src/incidents/incident.ts";
import type { Label } from "../../src/incidents/label.ts";
import { type Decision, decide } from "../../src/notifications/decide.ts";
import type { SuppressionReason } from "../../src/notifications/suppression.ts";
import { HOUR } from "../../src/time/time.ts";
import { aMember, aScore, noon } from "../support/builders.ts";

const lastNotified = (over: Partial<LastNotified> = {}): LastNotified => ({
  severity: "warning",
  resolved: false,
  bucket: noon,
  at: noon + HOUR,
  channel: "C0ALERTS1",
  ts: "1.000001",
  ...over,
});

const unposted = {};
const posted = { ref: { channel: "C0ALERTS1", ts: "1.000001" } };
const over = { resolvedAt: noon + 2 * HOUR };

const planned = { label: "expected", by: "ada", at: noon + HOUR } as const;

const moment = { now: noon + 3 * HOUR, reminding: { every: 4 * HOUR, atMost: 3 } };

describe("decide", () => {
  test.each<[string, object, Member[], Decision]>([
    ["says a new incident", unposted, [aMember()], { notify: "opened" }],
    ["says several at once as one", unposted, [aMember(), aMember()], { notify: "opened" }],
    ["goes on saying what a crash cut short", posted, [aMember(), aMember()], { notify: "opened" }],
    [
      "says nothing twice",
      posted,
      [aMember({ lastNotified: lastNotified() })],
      { suppress: "already-notified" },
    ],
    ["says who joined", posted, [aMember({ lastNotified: lastNotified() }), aMember()], { notify: "joined" }],
    [
      "edits the message when there are newer hours",
      posted,
      [aMember({ lastBucket: noon + HOUR, lastNotified: lastNotified() })],
      { notify: "updated" },
    ],
    [
      "says when it got worse",
      posted,
      [aMember({ severity: "critical", lastNotified: lastNotified() })],
      { notify: "worsened" },
    ],
    [
      "does not say that another got as bad as one that was said to be",
      posted,
      [
        aMember({ severity: "critical", lastNotified: lastNotified({ severity: "critical" }) }),
        aMember({ severity: "critical", lastNotified: lastNotified() }),
      ],
      { notify: "updated" },
    ],
    [
      "says that another got worse, when the one that was said to be critical is over",
      posted,
      [
        aMember({
          ...over,
          severity: "critical",
          lastNotified: lastNotified({ severity: "critical", resolved: true }),
        }),
        aMember({ severity: "critical", lastNotified: lastNotified() }),
      ],
      { notify: "worsened" },
    ],
    [
      "says that another got worse, when the one that was said to be critical is expected",
      posted,
      [
        aMember({
          severity: "critical",
          lastNotified: lastNotified({ severity: "critical", labelled: planned }),
          labelled: planned,
        }),
        aMember({ severity: "critical", lastNotified: lastNotified() }),
      ],
      { notify: "worsened" },
    ],
    [
      "does not say that it got less bad",
      posted,
      [aMember({ severity: "critical", lastNotified: lastNotified({ severity: "critical" }) })],
      { suppress: "already-notified" },
    ],
    [
      "says that it is over",
      posted,
      [aMember({ ...over, lastNotified: lastNotified() })],
      { notify: "resolved" },
    ],
    [
      "does not say that it is over while one goes on",
      posted,
      [aMember({ ...over, lastNotified: lastNotified() }), aMember({ lastNotified: lastNotified() })],
      { notify: "updated" },
    ],
    [
      "says only once that it is over",
      posted,
      [aMember({ ...over, lastNotified: lastNotified({ resolved: true }) })],
      { suppress: "already-notified" },
    ],
    [
      "says that it is back",
      posted,
      [aMember({ lastNotified: lastNotified({ resolved: true }) })],
      { notify: "reopened" },
    ],
    ["says what was over before anyone could be told", unposted, [aMember(over)], { notify: "missed" }],
    [
      "says what follows from a label",
      posted,
      [aMember({ lastNotified: lastNotified(), labelled: planned })],
      { notify: "labelled" },
    ],
    [
      "says it also of what is over",
      posted,
      [aMember({ ...over, lastNotified: lastNotified({ resolved: true }), labelled: planned })],
      { notify: "labelled" },
    ],
    [
      "says it once",
      posted,
      [aMember({ lastNotified: lastNotified({ labelled: planned }), labelled: planned })],
      { suppress: "already-notified" },
    ],
    [
      "says that a label was removed",
      posted,
      [aMember({ lastNotified: lastNotified({ labelled: planned }) })],
      { notify: "labelled" },
    ],
    [
      "says that it is over before it says that it was labelled",
      posted,
      [aMember({ ...over, lastNotified: lastNotified(), labelled: planned })],
      { notify: "resolved" },
    ],
    [
      "does not say that what is expected got worse",
      posted,
      [
        aMember({
          severity: "critical",
          lastNotified: lastNotified({ labelled: planned }),
          labelled: planned,
        }),
      ],
      { notify: "updated" },
    ],
  ])("%s", (_, alertGroup, members, decision) => {
    expect(decide(alertGroup, members, moment)).toEqual(decision);
  });

  const inOverflow = { overflowId: "C0ALERTS1.overflow@2026-06-16T12:05" };
  const overLimit = { suppress: "over-limit", overflow: inOverflow.overflowId } as const;
  const isCritical = { severity: "critical" } as const;
  test.each<[string, object, Member[], Decision]>([
    ["leaves to it what is new", inOverflow, [aMember()], overLimit],
    [
      "leaves to it what goes on",
      inOverflow,
      [aMember({ lastBucket: noon + HOUR, lastNotified: lastNotified() })],
      overLimit,
    ],
    ["leaves to it the end", inOverflow, [aMember({ ...over, lastNotified: lastNotified() })], overLimit],
    [
      "leaves to it what was critical and is over",
      inOverflow,
      [aMember({ ...over, ...isCritical })],
      overLimit,
    ],
    [
      "says nothing twice",
      inOverflow,
      [aMember({ lastNotified: lastNotified() })],
      { suppress: "already-notified" },
    ],
    [
      "asks for room for what turned critical",
      inOverflow,
      [aMember({ ...isCritical, lastNotified: lastNotified() })],
      { notify: "opened" },
    ],
    [
      "follows what got room as ever",
      { ...posted, ...inOverflow },
      [aMember({ ...over, lastNotified: lastNotified() })],
      { notify: "resolved" },
    ],
    [
      "leaves what is muted alone",
      inOverflow,
      [aMember({}, {}, { because: "muted" })],
      { suppress: "muted" },
    ],
  ])("an overflow summary of %s", (_, alertGroup, members, decision) => {
    expect(decide(alertGroup, members, moment)).toEqual(decision);
  });

  const suppressed = (because: SuppressionReason) => (incident: Partial<Incident>) =>
    aMember(incident, {}, { because });
  const muted = suppressed("muted");
  const quiet = suppressed("quiet-hours");
  const keptAt = (hours: number, because: SuppressionReason = "muted") => ({
    suppressed: { because, at: noon + hours * HOUR },
  });
  test.each<[string, object, Member[], Decision]>([
    ["silences a new incident", unposted, [muted({})], { suppress: "muted" }],
    [
      "silences one that got worse",
      posted,
      [muted({ severity: "critical", lastNotified: lastNotified({ muted: "recovery " }) })],
      { suppress: "muted" },
    ],
    ["silences one that nobody was told of", unposted, [muted(over)], { suppress: "muted" }],
    [
      "silences one that is back",
      posted,
      [muted({ lastNotified: lastNotified({ resolved: true, muted: "recovery " }) })],
      { suppress: "muted" },
    ],
    [
      "lets the end of a told one through",
      posted,
      [muted({ ...over, lastNotified: lastNotified() })],
      { notify: "resolved" },
    ],
    ["of one watch leaves the others to be heard", unposted, [muted({}), aMember()], { notify: "opened" }],
    [
      "that ends while what was told goes on is said to be over",
      posted,
      [aMember({ lastBucket: noon + HOUR, lastNotified: lastNotified(), ...keptAt(2) })],
      { notify: "unmuted" },
    ],
    [
      "that ends is said to be over only once",
      posted,
      [aMember({ lastNotified: lastNotified({ at: noon + 3 * HOUR }), ...keptAt(2) })],
      { suppress: "already-notified" },
    ],
    [
      "that ends while what nobody was told of goes on makes it known",
      unposted,
      [aMember(keptAt(2))],
      { notify: "opened" },
    ],
    [
      "that ends after what nobody was told of is over leaves it untold",
      unposted,
      [aMember({ ...over, ...keptAt(2) })],
      { suppress: "muted" },
    ],
    [
      "that ends after what was told is over lets its end be heard",
      posted,
      [aMember({ ...over, lastNotified: lastNotified(), ...keptAt(2) })],
      { notify: "resolved" },
    ],
  ])("a mute %s", (_, alertGroup, members, decision) => {
    expect(decide(alertGroup, members, moment)).toEqual(decision);
  });

  test.each<[string, object, Member[], Decision]>([
    ["keep back a new incident", unposted, [quiet({})], { suppress: "quiet-hours" }],
    [
      "keep back the end of a told one",
      posted,
      [quiet({ ...over, lastNotified: lastNotified() })],
      { suppress: "quiet-hours" },
    ],
    [
      "that are over let be said what began and ended in them",
      unposted,
      [aMember({ ...over, ...keptAt(2, "quiet-hours") })],
      { notify: "missed" },
    ],
    [
      "that are over are no news",
      posted,
      [aMember({ lastNotified: lastNotified(), ...keptAt(2, "quiet-hours") })],
      { suppress: "already-notified" },
    ],
  ])("quiet hours %s", (_, alertGroup, members, decision) => {
    expect(decide(alertGroup, members, moment)).toEqual(decision);
  });

  const critical = (change: Partial<Incident>, notifiedChange: Partial<LastNotified> = {}) =>
    aMember({
      severity: "critical",
      lastNotified: lastNotified({ severity: "critical", ...notifiedChange }),
      ...change,
    });
  const acknowledged = { by: "ada", at: noon + 2 * HOUR };
  const known = { acknowledgedBy: "ada" };
  /** Said at 13:00, and last reminded of so many hours after noon. */
  const notifiedAt = (hours: number) => ({ notifiedAt: noon + hours * HOUR, newsAt: noon + HOUR });
  const throughHour = (hours: number) => ({
    lastBucket: noon + hours * HOUR,
    lastAnomalousBucket: noon + hours * HOUR,
  });
  const later = (hours: number) => ({ ...moment, now: noon + hours * HOUR });

  // It was told at 13:00.
  test.each<[string, Member[], number, Decision]>([
    ["comes when the interval is over", [critical({})], 5, { notify: "reminder" }],
    ["does not come before", [critical({})], 4.99, { suppress: "already-notified" }],
    [
      "is not put off by edits, which notify nobody",
      [critical({}, { at: noon + 4 * HOUR, notifiedAt: noon + HOUR })],
      5,
      { notify: "reminder" },
    ],
    [
      "comes again after the next interval",
      [critical({}, { notifiedAt: noon + 5 * HOUR })],
      9,
      { notify: "reminder" },
    ],
    ["does not come while it eases", [critical({ lastBucket: noon + 4 * HOUR })], 99, { notify: "updated" }],
    ["goes before newer hours", [critical(throughHour(4))], 5, { notify: "reminder" }],
    [
      "is not for a warning",
      [aMember({ lastNotified: lastNotified() })],
      99,
      { suppress: "already-notified" },
    ],
    [
      "is not for what is acknowledged",
      [critical({ acknowledged }, known)],
      99,
      { suppress: "already-notified" },
    ],
    [
      "is for what joined after an acknowledgement",
      [critical({ acknowledged }, known), critical({})],
      5,
      { notify: "reminder" },
    ],
    [
      "is not for what is easing",
      [critical({ lastBucket: noon + 4 * HOUR, latest: aScore({ observed: 1_250 }) })],
      5,
      { notify: "updated" },
    ],
    ["is not for what is over", [critical(over)], 99, { notify: "resolved" }],
    [
      "is not for what is muted",
      [{ ...critical({}, { muted: "recovery " }), suppression: { because: "muted" } }],
      99,
      { suppress: "muted" },
    ],
  ])("a reminder %s", (_, members, hours, decision) => {
    expect(decide(posted, members, later(hours))).toEqual(decision);
  });

  const labelled = (label: Label) => ({ labelled: { label, by: "ada", at: noon + 2 * HOUR } });
  test.each<[string, Member[], number, Decision]>([
    [
      "after three intervals says that it is the last",
      [critical({}, notifiedAt(9))],
      13,
      { notify: "last-reminder" },
    ],
    ["comes no more after the last", [critical({}, notifiedAt(13))], 99, { suppress: "already-notified" }],
    ["that was held up counts for those it came instead of", [critical({})], 14, { notify: "last-reminder" }],
    [
      "is not the last while something newer is left alone",
      [critical({}, notifiedAt(9)), critical({}, { at: noon + 8 * HOUR })],
      13,
      { notify: "reminder" },
    ],
    [
      "is for what somebody called real",
      [critical(labelled("real"), labelled("real"))],
      5,
      { notify: "reminder" },
    ],
    [
      "is not for what was expected",
      [critical(labelled("expected"), labelled("expected"))],
      5,
      { suppress: "already-notified" },
    ],
    [
      "is not for a new normal",
      [critical(labelled("new-normal"), labelled("new-normal"))],
      5,
      { suppress: "already-notified" },
    ],
    [
      "is not for a false alarm",
      [critical(labelled("false-alarm"), labelled("false-alarm"))],
      5,
      { suppress: "already-notified" },
    ],
  ])("a reminder %s", (_, members, hours, decision) => {
    expect(decide(posted, members, later(hours))).toEqual(decision);
  });

  test("an interval of 0 disables reminders", () => {
    expect(decide(posted, [critical({})], { ...later(99), reminding: { every: 0, atMost: 3 } })).toEqual({
      suppress: "already-notified",
    });
  });

  test.each<[string, Member[], Decision]>([
    [
      "is shown in the message",
      [aMember({ acknowledged, lastNotified: lastNotified() })],
      { notify: "updated" },
    ],
    [
      "is shown once",
      [aMember({ acknowledged, lastNotified: lastNotified(known) })],
      { suppress: "already-notified" },
    ],
    [
      "does not keep back that it got worse",
      [aMember({ severity: "critical", acknowledged, lastNotified: lastNotified(known) })],
      { notify: "worsened" },
    ],
    [
      "is no news once it is over",
      [aMember({ ...over, acknowledged, lastNotified: lastNotified({ resolved: true }) })],
      { suppress: "already-notified" },
    ],
  ])("an acknowledgement %s", (_, members, decision) => {
    expect(decide(posted, members, moment)).toEqual(decision);
  });
});
