import { describe, expect, test } from "vitest";
import { blockProblems } from "../../../../simulator/slack/block-limits.ts";
import { slackRenderer } from "../../../../src/adapters/slack/messages/render.ts";
import type { DailyStatus } from "../../../../src/health/daily-status.ts";
import type { HealthIssue } from "../../../../src/health/health-issue.ts";
import { DAY, HOUR, MINUTE } from "../../../../src/time/time.ts";
import { noon } from "../../../support/builders.ts";
import { expectGoldenMessages } from "../golden.ts";

const render = slackRenderer("UTC").ops;

const aHealthIssue = (over: Partial<HealthIssue> = {}): HealthIssue => ({
  id: "braze.main",
  kind: "braze",
  what: ["workspace main"],
  detail: "Braze answered 401: Invalid API key",
  advice: "Check BRAZE_API_KEY.",
  since: noon + 17 * MINUTE,
  grace: 2 * MINUTE,
  firstSeen: noon + 17 * MINUTE,
  lastSeen: noon + 20 * MINUTE,
  ...over,
});

const late: Partial<HealthIssue> = {
  id: "late.ios",
  kind: "late",
  what: ["iOS · US"],
  detail: "Braze does not have its newest sessions, long after their usual delay",
  advice: "Nothing to do if it passes.",
};

describe("each health issue", () => {
  test.each<[string, Partial<HealthIssue>]>([
    ["braze", {}],
    ["braze-over", { overAt: noon + 3 * HOUR }],
    ["refused", { id: "refused.ghosts", kind: "refused", what: ["All apps · Ghosts"] }],
    ["late", late],
    [
      "late-many",
      { ...late, id: "late.many", what: Array.from({ length: 42 }, (_, i) => `App ${i} <b>*&*</b>`) },
    ],
    [
      "not-evaluated",
      {
        id: "not-evaluated.ios",
        kind: "not-evaluated",
        what: ["iOS"],
        detail: "its hours cannot be evaluated",
      },
    ],
    [
      "behind",
      {
        id: "behind",
        kind: "behind",
        what: ["iOS", "Web"],
        detail: "buckets that are due are not evaluated",
      },
    ],
    ["behind-over", { id: "behind", kind: "behind", what: ["iOS", "Web"], overAt: noon + 18 * MINUTE }],
    ["channel", { id: "channel.C0ALERTS1", kind: "channel", what: ["iOS"] }],
    [
      "console",
      {
        id: "console",
        kind: "console",
        what: ["commands"],
        detail: "Slack does not let a socket be opened: invalid_auth",
        advice: "Switch on Socket Mode.",
      },
    ],
    ["redis", { id: "redis", kind: "redis", what: ["Redis"], overAt: noon + 3 * DAY }],
    [
      "nothing-is-too-long",
      { what: ["w".repeat(900)], detail: "d".repeat(9_000), advice: "a".repeat(9_000), id: "i".repeat(900) },
    ],
  ])("%s", async (name, over) => {
    const healthIssue = aHealthIssue(over);
    await expectGoldenMessages(`slack/ops/${name}`, {
      "in the channel": render.healthIssue(healthIssue),
      "in the thread": healthIssue.overAt === undefined ? undefined : render.over(healthIssue),
    });
  });
});

const aStatus = (over: Partial<DailyStatus> = {}): DailyStatus => ({
  day: { date: "2026-06-16", from: noon - 12 * HOUR, to: noon + 12 * HOUR },
  hours: { due: 288, evaluated: 288, notEvaluated: 0, gaps: 0 },
  days: { due: 0, evaluated: 0, notEvaluated: 0, gaps: 0 },
  watches: 12,
  muted: 2,
  incidents: 1,
  openIssues: 0,
  ...over,
});

describe("the daily status", () => {
  test.each<[string, DailyStatus, string]>([
    [
      "names the hours that were evaluated",
      aStatus(),
      "✅ Tue 16 Jun: all 288 hours evaluated, 1 incident, 2 watches muted",
    ],
    [
      "names gaps and open health issues",
      aStatus({
        hours: { due: 24, evaluated: 20, notEvaluated: 3, gaps: 1 },
        days: { due: 2, evaluated: 2, notEvaluated: 0, gaps: 0 },
        watches: 1,
        muted: 0,
        incidents: 0,
        openIssues: 2,
      }),
      "🟠 Tue 16 Jun: 20 of 24 hours and all 2 days evaluated, 3 could not be evaluated, 1 gap, no incident, 2 open health issues",
    ],
  ])("%s", (_, status, text) => {
    const message = render.dailyStatus(status);
    expect(message.text).toBe(text);
    expect(blockProblems(message.blocks)).toEqual([]);
  });
});

test("a text is never cut inside a character", () => {
  const { text, blocks } = render.healthIssue(aHealthIssue({ detail: "✅".repeat(400) }));
  expect(text.isWellFormed() && blocks.every((block) => !/\\ud[89ab]/.test(JSON.stringify(block)))).toBe(
    true,
  );
});
