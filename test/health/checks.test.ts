import { readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { checkFailuresOf, healthIssueKinds, inOneLine } from "../../src/health/checks.ts";
import type { Facts, KnownFailure, SeriesFacts } from "../../src/health/facts.ts";
import { defaultTiming, type Progress } from "../../src/series/due.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";

// 12:00 is the newest hour that was evaluated; 13:00 is over at 14:00 and asked for at 14:15.
const at = (hour: number, minute = 0) => noon + (hour - 12) * HOUR + minute * MINUTE;

const aSeries = (progress: Progress = {}, over: Partial<SeriesFacts> = {}): SeriesFacts => ({
  id: "main.ios.all.hour",
  workspace: "main",
  unit: "hour",
  zone: "UTC",
  timing: { ...defaultTiming, spread: 0 },
  watches: [{ title: "iOS", channel: "C0ALERTS1" }],
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
  openIssues: new Set(),
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

const android = { id: "main.android.all.hour", watchId: "android", title: "Android" };
const ofEu = { id: "eu.ios.all.hour", workspace: "eu", watchId: "eu" };
const asked = { notBefore: at(15, 17) };

const noDataRows: [string, Facts, string[]][] = [
  [
    "a channel whose hours have been due for less than an hour has no issue of its own",
    facts(at(15, 14), { series: [aSeries(asked)] }),
    ["late.ios"],
  ],
  [
    "a channel whose hours have been due for an hour has no data",
    facts(at(15, 15), { series: [aSeries(asked), aSeries(asked, android)] }),
    ["late.ios", "late.android", "no-data.C0ALERTS1"],
  ],
  [
    "a channel of which one series has data has data",
    facts(at(15, 16), { series: [aSeries(asked), aSeries({ evaluatedThrough: at(14) }, android)] }),
    ["late.ios"],
  ],
  [
    "a channel without data of one of its workspaces lacks that",
    facts(at(15, 16), { series: [aSeries(asked), aSeries({ evaluatedThrough: at(14) }, ofEu)] }),
    ["late.ios", "no-data.C0ALERTS1"],
  ],
  [
    "a channel lacks data until every due hour of a series is evaluated",
    facts(at(16, 20), {
      series: [aSeries({ evaluatedThrough: at(14), notBefore: at(16, 22) })],
      openIssues: new Set(["no-data.C0ALERTS1"]),
    }),
    ["no-data.C0ALERTS1"],
  ],
  [
    "a channel whose series are held to save quota has data, though late",
    facts(at(15, 50), { series: [aSeries({ heldUntil: at(15, 45) })] }),
    [],
  ],
];

describe("the checks for health issues", () => {
  test.each<[string, Facts, string[]]>([
    ["nothing fails while all is well", facts(at(14, 20)), []],
    [
      "a workspace that cannot be read is one failure, and its series add none but that their channel has no data",
      facts(at(18), { failures: new Map([["main", failure("braze-wrong-key")]]) }),
      ["braze.main", "no-data.C0ALERTS1"],
    ],
    [
      "a late series stays late while its workspace cannot be read",
      facts(at(16), {
        series: [aSeries({ notBefore: at(16, 2) })],
        failures: new Map([["main", failure("braze-unreachable")]]),
        openIssues: new Set(["late.ios"]),
      }),
      ["braze.main", "late.ios", "no-data.C0ALERTS1"],
    ],
    [
      "one series that Braze refuses fails alone",
      facts(at(18), { failures: new Map([["main.ios.all.hour", failure("braze-unknown-id")]]) }),
      ["refused.ios", "no-data.C0ALERTS1"],
    ],
    [
      "a failure of a series that nobody watches any more is ignored",
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
      facts(at(14, 10), { series: [aSeries(notEvaluated(1, "missing"))] }),
      ["late.ios"],
    ],
    [
      "a run of missing hours that has ended is ignored",
      facts(at(14, 20), {
        series: [aSeries({ notEvaluated: { since: at(9), through: at(11), because: "missing" } })],
      }),
      [],
    ],
    ...noDataRows,
    [
      "a series without any data is late after two hours",
      facts(at(14), { series: [{ ...fresh, watchedSince: noon, progress: { notBefore: at(14, 30) } }] }),
      ["late.ios"],
    ],
    [
      "two hours in a row may be not evaluated",
      facts(at(14, 20), { series: [aSeries(notEvaluated(2, "flat"))] }),
      [],
    ],
    [
      "three hours in a row that are not evaluated are a failure",
      facts(at(14, 20), { series: [aSeries(notEvaluated(3, "flat"))] }),
      ["not-evaluated.ios"],
    ],
    [
      "hours that somebody excluded are no failure",
      facts(at(14, 20), { series: [aSeries(notEvaluated(9, "excluded"))] }),
      [],
    ],
    ["an hour that has been due for less than half an hour is not behind", facts(at(14, 44)), []],
    [
      "an hour that has been due for half an hour and was not asked for is behind",
      facts(at(14, 45)),
      ["behind"],
    ],
    [
      "an hour that was read long ago and is not evaluated is behind, not late",
      facts(at(15), { series: [aSeries({ collectedThrough: at(13), notBefore: at(15) })] }),
      ["behind"],
    ],
    [
      "a first history that is not read within an hour is behind",
      facts(at(13), { series: [{ ...fresh, watchedSince: noon }] }),
      ["behind"],
    ],
    [
      "a channel that somebody archived fails",
      facts(at(14), { failures: new Map([["C0ALERTS1", failure("slack-destination")]]) }),
      ["channel.C0ALERTS1"],
    ],
    [
      "a channel in which no watch posts any more is ignored",
      facts(at(14), { failures: new Map([["C0OTHERS1", failure("slack-destination")]]) }),
      [],
    ],
    [
      "a revoked token fails for all of Slack",
      facts(at(14), { failures: new Map([["SLACK", failure("slack-workspace")]]) }),
      ["slack"],
    ],
    ["Slack that takes nothing fails", facts(at(14), { slackDown: { since: noon } }), ["slack-down"]],
    [
      "a destination that takes no alerts fails, under its own name",
      facts(at(14), { failures: new Map([["destination/pager", failure("destination-refuses")]]) }),
      ["destination.pager"],
    ],
    [
      "Redis without a memory limit does not fail",
      facts(at(14), { memory: { used: 10 ** 9, limit: 0 } }),
      [],
    ],
    ["Redis below 80 % of its memory does not fail", facts(at(14), { memory: { used: 79, limit: 100 } }), []],
    ["Redis at 80 % of its memory fails", facts(at(14), { memory: { used: 80, limit: 100 } }), ["redis"]],
    [
      "Redis that failed passes only below 75 % of its memory",
      facts(at(14), { memory: { used: 76, limit: 100 }, openIssues: new Set(["redis"]) }),
      ["redis"],
    ],
    [
      "Redis that accepts no writes fails",
      facts(at(14), { refusal: { what: "it is full", advice: "Make room.", since: noon } }),
      ["redis.writes"],
    ],
    [
      "damaged data in Redis fails",
      facts(at(14), { damage: { what: "the key is a list", advice: "Delete it.", since: noon } }),
      ["redis.data"],
    ],
    [
      "ticks that do not run fail",
      facts(at(14), { stalled: [{ job: "tick", since: noon, restored: 2 }] }),
      ["schedule.tick"],
    ],
  ])("%s", (_, seen, ids) => {
    expect(checkFailuresOf(seen).map(({ id }) => id)).toEqual(ids);
  });

  test("what fails is said with its title, what is wrong and what to do", () => {
    const seen = facts(at(14), { stalled: [{ job: "tick", since: noon, restored: 2 }] });
    expect(checkFailuresOf(seen).map(inOneLine)).toEqual([
      expect.stringMatching(
        /^Tidewatch stopped: the ticks did not run: .*has restored it, 2 times\. .*WORKERS/,
      ),
    ]);
  });

  test("docs/concepts.md describes each health check", () => {
    const documents = readFileSync("docs/concepts.md", "utf8");
    const missing = healthIssueKinds.filter(
      (kind) => !new RegExp(`^\\| \`${kind}(\\.\\w+)?\``, "m").test(documents),
    );
    expect(missing).toEqual([]);
  });

  test.each([
    ["a clear refusal has two minutes", "braze-wrong-key", 2 * MINUTE],
    ["a Braze that cannot be reached has ten minutes", "braze-unreachable", 10 * MINUTE],
    ["a quota has an hour, until it is reset", "braze-quota-reserve", HOUR],
  ])("%s", (_, name, grace) => {
    const [checkFailure] = checkFailuresOf(facts(at(14), { failures: new Map([["main", failure(name)]]) }));
    expect(checkFailure?.grace).toBe(grace);
  });
});
