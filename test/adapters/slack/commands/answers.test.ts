import { describe, expect, test } from "vitest";
import { blockProblems } from "../../../../simulator/slack/block-limits.ts";
import { mrkdwn } from "../../../../src/adapters/slack/blocks/mrkdwn.ts";
import { answerMessage } from "../../../../src/adapters/slack/commands/answer.ts";
import { changeMessage } from "../../../../src/adapters/slack/commands/change.ts";
import { refusalMessage } from "../../../../src/adapters/slack/commands/refusal.ts";
import { parseCommand } from "../../../../src/commands/parse.ts";
import { commandNames, helpLines } from "../../../../src/commands/table.ts";
import type { Message } from "../../../../src/pipeline/ports/messages.ts";
import { seriesId } from "../../../../src/series/series.ts";
import type { Change } from "../../../../src/settings/change.ts";
import type { Watch } from "../../../../src/settings/watch.ts";
import { exportAnswer } from "../../../../src/text/answers/backup.ts";
import { changedAnswer, changesAnswer, differences } from "../../../../src/text/answers/changes.ts";
import { eventsAnswer, permissionsAnswer } from "../../../../src/text/answers/feedback.ts";
import { helpAnswer } from "../../../../src/text/answers/help.ts";
import { incidentsAnswer } from "../../../../src/text/answers/incidents.ts";
import { auditAnswer, previewAnswer, whyAnswer } from "../../../../src/text/answers/looking.ts";
import { mutesAnswer, statusAnswer } from "../../../../src/text/answers/status.ts";
import { listAnswer, showAnswer } from "../../../../src/text/answers/watches.ts";
import { DAY, HOUR } from "../../../../src/time/time.ts";
import { anIncident, aScore, aWatch, noon } from "../../../support/builders.ts";

const awkward = [
  "<!channel> & *bold* _it_ `code`".padEnd(255, "&"),
  "ש".repeat(255),
  "👩‍👩‍👧‍👦".repeat(60),
  "\u202e\n\n",
];
const many = Array.from({ length: 500 }, (_, i) => i);

const worst = (i: number, over: Partial<Watch> = {}): Watch =>
  aWatch({
    id: `${"w".repeat(50)}-${i}`,
    appName: awkward[i % awkward.length]!,
    segmentName: awkward[(i + 1) % awkward.length]!,
    series: { workspace: "w".repeat(40), app: "a".repeat(64), segment: "s".repeat(64), unit: "hour" },
    owner: "S0ONCALL01",
    runbook: `https://wiki.example/${"a".repeat(970)}|x>`,
    quiet: { from: 1_320, to: 420, days: [0, 1, 2, 3, 4], critical: true },
    thresholdAdjustment: 1.5,
    ...over,
  });
const change = (i: number): Change => ({
  id: `watch-${"w".repeat(60)}-${i}`,
  at: noon + i,
  by: awkward[i % awkward.length]!,
  changed: {
    kind: "watch",
    watchId: worst(i).id,
    before: worst(i),
    after: worst(i + 1, {
      runbook: `https://wiki.example/${"b".repeat(970)}`,
      direction: "drop",
      owner: "U0ADA0001",
    }),
  },
  ...(i % 2 === 0 && { undone: { by: "U0ADA0001", at: noon } }),
});
const mute = (i: number) => ({
  scope: { kind: "watch" as const, watch: worst(i).id },
  by: awkward[i % awkward.length]!,
  at: noon,
  until: "recovery" as const,
  incidents: many.map((n) => `${worst(n).id}.drop@2026-06-16T12`),
});
const open = many.map((i) => [anIncident({ id: `${worst(i).id}.drop@2026-06-16T12` }), worst(i)] as const);
const watched = many.map((i) => worst(i));
const backlog = { series: 500, behind: 3, unread: 0, lag: HOUR };
const healthIssues = many.map((i) => ({
  id: `late.${i}`,
  kind: "late" as const,
  what: awkward,
  detail: "x".repeat(500),
  advice: "y",
  since: noon,
  grace: 0,
  firstSeen: noon,
  lastSeen: noon,
}));
const preview = {
  chart: { unit: "hour" } as never,
  chosen: { sensitivity: { alertsPerMonth: 2 }, alerts: 1e9, critical: 1 },
  others: (["low", "normal", "high"] as const).map((sensitivity) => ({
    sensitivity,
    alerts: 0,
    critical: 0,
  })),
  weeks: 8,
  evaluatedWeeks: 0,
  usual: Number.NaN,
};
const buckets = many.slice(0, 168).map((i) => ({
  bucket: noon + i * HOUR,
  verdict: "anomalous" as const,
  anomaly: {
    kind: "anomalous" as const,
    bucket: noon,
    direction: "drop" as const,
    severity: "critical" as const,
    score: aScore(),
  },
  decisions: many.slice(0, 3).map(() => ({
    incidentId: "x",
    bucket: noon,
    decision: { notify: "opened" as const },
    at: noon,
  })),
}));

const lastNotified = {
  severity: "warning",
  resolved: false,
  bucket: noon,
  at: noon,
  channel: "C0ALERTS1",
  ts: "1.000001",
} as const;

const blind = new Map(many.map((i) => [seriesId(worst(i).series), { noDataSince: noon }]));

const answers: [string, Message][] = [
  ["help", answerMessage(helpAnswer(helpLines))],
  ...commandNames.map((name): [string, Message] => [
    `help ${name}`,
    answerMessage(helpAnswer(helpLines, name)),
  ]),
  ["an empty list", answerMessage(listAnswer([], new Map()))],
  [
    "a list of 500",
    answerMessage(
      listAnswer(
        many.map((i) => worst(i)),
        blind,
      ),
    ),
  ],
  ["one watch", answerMessage(showAnswer(worst(0), { noDataSince: noon }))],
  ["a change", changeMessage([change(0)], watched)],
  ["a change that can be undone", changeMessage([change(1)])],
  ["500 changes of an import", changeMessage(many.map(change), watched)],
  ["that something was changed", answerMessage(changedAnswer(change(2)))],
  ["500 changes", answerMessage(changesAnswer(many.map(change), watched))],
  ["no changes", answerMessage(changesAnswer([]))],
  [
    "how all stands",
    answerMessage(
      statusAnswer({ watches: watched, open, healthIssues, mutes: many.map(mute), data: blind, backlog }),
    ),
  ],
  [
    "that all is well",
    answerMessage(
      statusAnswer({
        watches: [],
        open: [],
        healthIssues: [],
        mutes: [],
        data: new Map(),
        backlog: { ...backlog, behind: 0 },
      }),
    ),
  ],
  ["500 mutes", answerMessage(mutesAnswer(many.map(mute), watched))],
  [
    "500 events",
    answerMessage(
      eventsAnswer(
        many.map((i) => ({
          id: `e${i}`,
          name: awkward[i % 4]!,
          from: noon,
          to: noon + HOUR,
          scope: { workspace: "w".repeat(40), app: "a".repeat(64) },
          by: "U0ADA0001",
          at: noon,
        })),
        watched,
      ),
    ),
  ],
  ["who may", answerMessage(permissionsAnswer({ who: "group", group: "S0ONCALL01" }))],
  ["a refusal", refusalMessage(`${"<!channel> ".repeat(1_000)}\n\`x\``)],
  [
    "why",
    answerMessage(
      whyAnswer(worst(0), {
        headline: awkward[0]!,
        lines: many.map((i) => awkward[i % 4]!),
        details: many.map((i) => awkward[i % 4]!),
      }),
    ),
  ],
  ["a preview", answerMessage(previewAnswer(worst(0), preview))],
  [
    "500 incidents",
    answerMessage(
      incidentsAnswer(
        open.map(([incident, watch], i) => ({
          incident: { ...incident, ...(i % 3 === 0 && { lastNotified }) },
          watch,
          address: "https://example.slack.com/archives/C0ALERTS1/p1750075200000001",
        })),
        { from: noon - 30 * DAY, to: noon, words: awkward[0]!, label: "none" },
      ),
    ),
  ],
  ["no incidents", answerMessage(incidentsAnswer([], { from: noon - 30 * DAY, to: noon }))],
  ["an audit", answerMessage(auditAnswer(worst(0), buckets, many.slice(0, 20).map(change)))],
];

describe.each(answers)("%s", (_, { text, blocks }) => {
  test("is within Slack's limits and never notifies the channel", () => {
    expect(blockProblems(blocks)).toEqual([]);
    expect(text).not.toBe("");
    expect(Array.from(text).length).toBeLessThan(4_000);
    expect(JSON.stringify({ text, blocks })).not.toContain("<!channel>");
  });
});

test("a refusal names people, channels and groups by their ids, and prints nothing else in angle brackets", () => {
  const { blocks } = refusalMessage(
    "only <!subteam^S0ONCALL01> and <@U0ADA0001> in <#C0ALERTS1>, not <!here> or <https://x>",
  );
  const shown = JSON.stringify(blocks);
  for (const id of [
    "<!subteam^S0ONCALL01>",
    "<@U0ADA0001>",
    "<#C0ALERTS1>",
    "&lt;!here&gt;",
    "&lt;https://x&gt;",
  ])
    expect(shown).toContain(id);
});

test.each([
  [
    "hour",
    14,
    "<!date^1781611200^{date_short_pretty} at {time}|Tue 16 Jun 12:00 UTC> to <!date^1781622000^{date_short_pretty} at {time}|Tue 16 Jun 15:00 UTC>",
  ],
  [
    "hour",
    12,
    "<!date^1781611200^{date_short_pretty} at {time}|Tue 16 Jun 12:00 UTC> to <!date^1781614800^{date_short_pretty} at {time}|Tue 16 Jun 13:00 UTC>",
  ],
  ["day", 12, "Tue 16 Jun"],
  ["day", 36, "Tue 16 Jun to Wed 17 Jun"],
])("%ss that are excluded up to the one of %i:00 are shown as %s", (unit, last, words) => {
  const [from, to] = [noon, noon + (last - 12) * HOUR];
  const after = {
    id: "x",
    seriesId: `main.ios.all.${unit}`,
    from,
    to,
    because: "hand",
    by: "ada",
    at: noon + 48 * HOUR,
  } as const;
  const changed = { kind: "exclusion", seriesId: after.seriesId, id: "x", after } as const;
  expect(differences(changed).map((line) => mrkdwn(line))).toEqual([`*Excluded*: ${words}`]);
  expect(
    differences({ ...changed, after: { ...after, at: from - HOUR } }).map((line) => mrkdwn(line)),
  ).toEqual([`*Excluded*: ${words}`, "*In the future*: no alerts at all during these hours"]);
});

describe("a name that people chose is shown as they chose it", () => {
  const app = "0a1b2c3d-0000-4000-8000-000000000001";
  const series = { workspace: "main", app, unit: "hour" } as const;
  const watch = aWatch({ id: "ios", appName: "iOS", segmentName: "New users", series });
  const from = noon - HOUR;
  const by = { by: "U0ADA0001", at: noon };
  const scopes = [
    { kind: "app", workspace: "main", app },
    { kind: "watch", watch: "ios" },
  ] as const;
  const event = { id: "sale", name: "Sale", from, to: noon, scope: { workspace: "main", app }, ...by };
  const id = `main.${app}.all.hour`;
  test.each<[Change["changed"], string]>([
    [
      { kind: "mute", scope: scopes[0], after: { scope: scopes[0], until: noon, incidents: [], ...by } },
      "app iOS",
    ],
    [
      { kind: "mute", scope: scopes[1], after: { scope: scopes[1], until: noon, incidents: [], ...by } },
      "watch iOS · New users",
    ],
    [
      {
        kind: "exclusion",
        seriesId: id,
        id: "x",
        after: { id: "x", seriesId: id, from, to: from, because: "hand", ...by },
      },
      "exclusion of iOS · New users",
    ],
    [{ kind: "event", id: "sale", after: event }, "*Applies to*: main · iOS"],
    [
      { kind: "app", workspace: "main", app, after: { workspace: "main", app, name: "iOS" } },
      "name of app iOS",
    ],
  ])("%j", (changed, words) => {
    const change: Change = { id: "c", at: noon, by: "U0ADA0001", changed };
    const lastNotified = [
      changeMessage([change], [watch]),
      answerMessage(changedAnswer(change, [watch])),
      answerMessage(changesAnswer([change], [watch])),
    ].map((answer) => JSON.stringify(answer));
    for (const shown of lastNotified) expect(shown).toContain(words);
    // A list of an import says no more than what each is of.
    const list = JSON.stringify(changeMessage([change, change], [watch]));
    for (const shown of [...lastNotified, list]) expect(shown).not.toContain(app);
  });

  test("lists of mutes and events show it too", () => {
    const mutes = scopes.map((scope) => ({ scope, until: noon, incidents: [], ...by }));
    for (const answer of [mutesAnswer(mutes, [watch]), eventsAnswer([event], [watch])]) {
      // Nobody sees what a button returns.
      const shown = JSON.stringify(answerMessage(answer).blocks, (key, value) =>
        key === "value" ? undefined : value,
      );
      expect(shown).toContain("iOS");
      expect(shown).not.toContain(app);
    }
  });
});

test("every button that runs a command holds one that is understood", () => {
  const commands = answers.flatMap(([, { blocks }]) =>
    Array.from(
      JSON.stringify(blocks).matchAll(/"action_id":"command\.run[^}]*\},"value":"([^"]*)"/g),
      ([, value]) => value!,
    ),
  );
  expect(new Set(commands.map((typed) => parseCommand(typed).commandName))).toEqual(
    new Set(["ack", "help", "list", "review", "status", "unmute", "watch"]),
  );
});

test("a preview with too little history says so instead of claiming that there were no alerts", () => {
  const young = { ...preview, chosen: { ...preview.chosen, alerts: 0 }, weeks: 1.2 };
  const shown = JSON.stringify(answerMessage(previewAnswer(worst(0), young)));
  expect(shown).toContain("Too little history: 1 week");
  expect(shown).not.toContain("0 alerts");
});

test("critical incidents come first where not all open incidents fit", () => {
  const urgent = anIncident({ id: "urgent.drop@2026-06-16T12", severity: "critical" });
  const { blocks } = answerMessage(
    statusAnswer({
      watches: [],
      open: [...open, [urgent, worst(0)]],
      healthIssues,
      mutes: [],
      data: new Map(),
      backlog,
    }),
  );
  expect(JSON.stringify(blocks)).toContain("urgent.drop@2026-06-16T12");
});

test("a backup is split between characters, never within one", () => {
  const json = `"${"a".repeat(2_798)}🌊 and ${"b".repeat(3_000)}"`;
  const { blocks } = answerMessage(exportAnswer(json));
  expect(JSON.stringify(blocks)).toContain("🌊");
});
