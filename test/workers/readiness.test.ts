import { expect, test } from "vitest";
import type { Facts, KnownFailure } from "../../src/health/facts.ts";
import { defaultTiming } from "../../src/series/due.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { readiness, type Seen } from "../../workers/monitoring/readiness.ts";
import type { Vitals } from "../../workers/monitoring/vitals.ts";
import { noon } from "../support/builders.ts";

const ios: Facts["series"][number] = {
  id: "main.ios.all.hour",
  workspace: "main",
  unit: "hour",
  zone: "UTC",
  timing: { ...defaultTiming, spread: 0 },
  watches: [{ title: "iOS", channel: "C0ALERTS1" }],
  watchId: "ios",
  title: "iOS",
  watchedSince: noon - 24 * HOUR,
  progress: { evaluatedThrough: noon - HOUR, collectedThrough: noon - HOUR },
};

const facts = (over: Partial<Facts> = {}): Facts => ({
  now: noon,
  series: [ios],
  failures: new Map(),
  channels: new Map([["C0ALERTS1", ["iOS"]]]),
  memory: { used: 0, limit: 0 },
  openIssues: new Set(),
  ...over,
});

const seen = (
  over: Partial<Facts> = {},
  { lastTick = noon - MINUTE, ...rest }: Partial<Seen & Vitals> = {},
): Seen => ({
  vitals: {
    facts: facts(over),
    depths: {} as Vitals["depths"],
    outcomes: {} as Vitals["outcomes"],
    lastTick,
  },
  slack: {},
  wallClock: noon,
  ...rest,
});

const failure = (name: string): KnownFailure => ({
  failure: name,
  message: "it was refused",
  advice: "Do something.",
  since: noon,
});
const recorded = (name: string, of: string) => seen({ failures: new Map([[of, failure(name)]]) });
const refused = (name: string) => seen({}, { slack: { last: { ok: false, ...failure(name) } } });

test.each<[string, Seen, string[]]>([
  ["all is well", seen(), []],
  [
    "the ticks stay away",
    seen({}, { lastTick: noon - 4 * MINUTE }),
    [expect.stringMatching(/^Tidewatch stopped: the ticks did not run: .*WORKERS/)],
  ],
  [
    "Braze is asked again and again for an hour that is late",
    seen({
      now: noon + 2 * HOUR,
      series: [{ ...ios, progress: { ...ios.progress, notBefore: noon + 2 * HOUR } }],
    }),
    [],
  ],
  [
    "hours are due for three hours and Braze is not asked for them",
    seen({ now: noon + 5 * HOUR }),
    [
      expect.stringMatching(
        /^Tidewatch is behind: iOS: buckets that are due are not evaluated\. Check that a worker runs/,
      ),
    ],
  ],
  [
    "Braze refuses the workspace",
    recorded("braze-wrong-key", "main"),
    ["Tidewatch cannot read Braze (workspace main): it was refused. Do something."],
  ],
  [
    "Slack takes the token away",
    refused("slack-workspace"),
    ["Tidewatch cannot post in Slack: it was refused. Do something."],
  ],
  ["one channel accepts no messages", refused("slack-destination"), []],
  ["Slack asks to wait", refused("slack-rate-limit"), []],
  [
    "Redis refuses writes",
    seen({}, { refusal: { what: "it is full", advice: "Raise maxmemory.", since: noon } }),
    ["Redis does not accept writes: it is full. Raise maxmemory."],
  ],
  [
    "Redis does not answer",
    seen({}, { vitals: { refusal: { what: "it does not answer", advice: "Start it.", since: noon } } }),
    ["Redis does not accept writes: it does not answer. Start it."],
  ],
  [
    "a key in Redis is damaged",
    seen({}, { vitals: { damage: { what: "the key is a list", advice: "Delete it.", since: noon } } }),
    ["Data in Redis is damaged: the key is a list. Delete it."],
  ],
])("while %s, readiness names the checks that fail and what to do", (_, given, expected) => {
  const { ready, checks } = readiness(given);
  expect(ready).toBe(expected.length === 0);
  expect(checks.filter(({ ok }) => !ok).map(({ what }) => what)).toEqual(expected);
});

test("hours that are caught up after downtime are listed as an issue and do not affect readiness", () => {
  expect(readiness(seen({ now: noon + 2 * HOUR }))).toMatchObject({
    ready: true,
    issues: [{ name: "behind" }],
  });
});

test("a series that Braze refuses is listed as an issue and does not affect readiness", () => {
  expect(readiness(recorded("braze-unknown-id", ios.id))).toMatchObject({
    ready: true,
    issues: [
      { name: "refused", ok: false, what: "Braze refuses requests for iOS: it was refused. Do something." },
    ],
  });
});
