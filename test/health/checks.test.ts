import { describe, expect, test } from "vitest";
import { checkFailuresOf } from "../../src/health/checks.ts";
import type { Facts, KnownFailure } from "../../src/health/facts.ts";
import type { SeriesFacts } from "../../src/health/series-facts.ts";
import { defaultTiming, type Progress } from "../../src/series/due.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { noon } from "../builders.ts";

// 12:00 is the newest hour that was evaluated; 13:00 is over at 14:00 and asked for at 14:15.
const at = (hour: number, minute = 0) => noon + (hour - 12) * HOUR + minute * MINUTE;

const aSeries = (progress: Progress = {}, over: Partial<SeriesFacts> = {}): SeriesFacts => ({
  id: "main.ios.all.hour",
  workspace: "main",
  unit: "hour",
  zone: "UTC",
  timing: { ...defaultTiming, spread: 0 },
  watchId: "ios",
  title: "iOS",
  watchedSince: at(0),
  progress: { evaluatedThrough: at(12), collectedThrough: at(12), ...progress },
  ...over,
});

const facts = (now: number, over: Partial<Facts> = {}): Facts => ({
  now,
  series: [aSeries()],
  failures: new Map(),
  channels: new Map([["C0ALERTS1", ["iOS"]]]),
  memory: { used: 10, limit: 0 },
  standing: new Set(),
  ...over,
});

const failure = (name: string): KnownFailure => ({
  failure: name,
  message: "Braze answered",
  advice: "Check it.",
  since: noon,
});

const { progress: _, ...fresh } = aSeries();
const notEvaluated = (hours: number, because: "missing" | "flat" | "excluded") => ({
  evaluatedThrough: at(12),
  notEvaluated: { since: at(13 - hours), through: at(12), because },
});

describe("the checks for health issues", () => {
  test.each<[string, Facts, string[]]>([
    ["all is well", facts(at(14, 20)), []],
    [
      "a workspace in trouble is one symptom, its series none",
      facts(at(18), { failures: new Map([["main", failure("braze-wrong-key")]]) }),
      ["braze.main"],
    ],
    [
      "what was late stays late while nothing can be read",
      facts(at(16), {
        series: [aSeries({ notBefore: at(16, 2) })],
        failures: new Map([["main", failure("braze-unreachable")]]),
        standing: new Set(["late.ios"]),
      }),
      ["braze.main", "late.ios"],
    ],
    [
      "a series that alone is refused",
      facts(at(18), { failures: new Map([["main.ios.all.hour", failure("braze-unknown-id")]]) }),
      ["refused.ios"],
    ],
    [
      "a trouble of a series that nobody watches any more is nobody's",
      facts(at(14), { failures: new Map([["main.web.all.hour", failure("braze-unknown-id")]]) }),
      [],
    ],
    [
      "an hour that Braze does not have yet is not late within its usual delay",
      facts(at(14, 40), { series: [aSeries({ notBefore: at(14, 42) })] }),
      [],
    ],
    [
      "an hour that Braze does not have beyond its usual delay is late",
      facts(at(14, 45), { series: [aSeries({ notBefore: at(14, 47) })] }),
      ["late.ios"],
    ],
    [
      "what is usual for one series is not late",
      facts(at(15, 25), {
        series: [
          aSeries({ notBefore: at(15, 27) }, { ingestionDelay: { usual: 60 * MINUTE, spread: 8 * MINUTE } }),
        ],
      }),
      [],
    ],
    [
      "an hour given up on leaves the series late",
      facts(at(14, 20), { series: [aSeries(notEvaluated(1, "missing"))] }),
      ["late.ios"],
    ],
    [
      "a run that has ended says nothing",
      facts(at(14, 20), {
        series: [aSeries({ notEvaluated: { since: at(9), through: at(11), because: "missing" } })],
      }),
      [],
    ],
    [
      "a series of which Braze has nothing at all, after two hours",
      facts(at(14), { series: [{ ...fresh, watchedSince: noon, progress: { notBefore: at(14, 30) } }] }),
      ["late.ios"],
    ],
    ["two unjudged hours may happen", facts(at(14, 20), { series: [aSeries(notEvaluated(2, "flat"))] }), []],
    [
      "three are a streak",
      facts(at(14, 20), { series: [aSeries(notEvaluated(3, "flat"))] }),
      ["not-evaluated.ios"],
    ],
    [
      "hours that somebody excluded are no blindness",
      facts(at(14, 20), { series: [aSeries(notEvaluated(9, "excluded"))] }),
      [],
    ],
    ["a round takes a while", facts(at(14, 44)), []],
    ["what is due for half an hour, and was not asked for, is behind", facts(at(14, 45)), ["behind"]],
    [
      "what was read long ago and is not judged is behind, not late",
      facts(at(15), { series: [aSeries({ collectedThrough: at(13), notBefore: at(15) })] }),
      ["behind"],
    ],
    [
      "a first history that is not read within an hour is behind",
      facts(at(13), { series: [{ ...fresh, watchedSince: noon }] }),
      ["behind"],
    ],
    [
      "a channel that somebody archived",
      facts(at(14), { failures: new Map([["C0ALERTS1", failure("slack-destination")]]) }),
      ["channel.C0ALERTS1"],
    ],
    [
      "a channel that no watch tells any more",
      facts(at(14), { failures: new Map([["C0OTHERS1", failure("slack-destination")]]) }),
      [],
    ],
    [
      "a revoked token",
      facts(at(14), { failures: new Map([["SLACK", failure("slack-workspace")]]) }),
      ["slack"],
    ],
    ["Redis has no limit", facts(at(14), { memory: { used: 10 ** 9, limit: 0 } }), []],
    ["Redis below its limit", facts(at(14), { memory: { used: 79, limit: 100 } }), []],
    ["Redis near its limit", facts(at(14), { memory: { used: 80, limit: 100 } }), ["redis"]],
    [
      "Redis is not well again until there is some room",
      facts(at(14), { memory: { used: 76, limit: 100 }, standing: new Set(["redis"]) }),
      ["redis"],
    ],
  ])("%s", (_, seen, ids) => {
    expect(checkFailuresOf(seen).map(({ id }) => id)).toEqual(ids);
  });

  test.each([
    ["a clear refusal is told after a second look", "braze-wrong-key", 2 * MINUTE],
    ["a Braze that cannot be reached has ten minutes", "braze-unreachable", 10 * MINUTE],
    ["a quota is left until it is reset", "braze-quota-reserve", HOUR],
  ])("%s", (_, name, grace) => {
    const [checkFailure] = checkFailuresOf(facts(at(14), { failures: new Map([["main", failure(name)]]) }));
    expect(checkFailure?.grace).toBe(grace);
  });
});
