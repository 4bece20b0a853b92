import { expect, test } from "vitest";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { type Outlook, readyChecks } from "../../workers/monitoring/readiness.ts";
import type { Vitals } from "../../workers/monitoring/vitals.ts";
import { noon } from "../builders.ts";

const none = { completed: 0, failed: 0 };
const well: Vitals = {
  standing: { series: 3, behind: 0, unread: 0, lag: 0 },
  failures: new Map(),
  depths: { tick: {}, collect: {}, evaluate: {}, notify: {}, announce: {}, health: {}, calendar: {} },
  outcomes: {
    tick: none,
    collect: none,
    evaluate: none,
    notify: none,
    announce: none,
    health: none,
    calendar: none,
  },
  lastTick: noon - MINUTE,
};
const outlook = (vitals: Partial<Vitals>, over: Partial<Outlook> = {}): Outlook => ({
  vitals: { ...well, ...vitals },
  slack: {},
  wallClock: noon,
  missingDataTimeout: 2 * HOUR,
  ...over,
});
const late = (lag: number) => ({ series: 3, behind: 2, unread: 0, lag });
const refused = (failure: "slack-workspace" | "slack-destination" | "slack-rate-limit") => ({
  slack: { last: { ok: false as const, failure, advice: "Do something." } },
});

test.each<[string, Outlook, string[]]>([
  ["all is well", outlook({}), []],
  ["ticks stay away", outlook({ lastTick: noon - 4 * MINUTE }), ["the last tick was 240 s ago"]],
  ["Braze has an hour late, and is waited for", outlook({ standing: late(2.5 * HOUR) }), []],
  [
    "an hour is later than Braze is waited for",
    outlook({ standing: late(3 * HOUR) }),
    ["2 of 3 series are behind, the oldest hour by 180 min"],
  ],
  [
    "Slack took the token away",
    outlook({}, refused("slack-workspace")),
    ["the last message was not posted (slack-workspace): Do something."],
  ],
  ["one channel cannot be written to", outlook({}, refused("slack-destination")), []],
  ["Slack asks to wait", outlook({}, refused("slack-rate-limit")), []],
  [
    "Redis refuses writes",
    outlook({}, { refusal: { code: "OOM", what: "Redis refuses writes", advice: "Raise maxmemory." } }),
    ["Redis refuses writes. Raise maxmemory."],
  ],
  [
    "Redis is gone",
    outlook({}, { vitals: { whyUnknown: "Redis does not answer", isUp: false } }),
    ["Redis does not answer"],
  ],
])("when %s", (_, given, expected) => {
  const wrong = readyChecks(given).filter(({ ok }) => !ok);
  expect(wrong.map(({ what }) => what)).toEqual(expected);
});
