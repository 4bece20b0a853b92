import { describe, expect, test } from "vitest";
import { messageOf } from "../../../../src/adapters/slack/blocks/lists.ts";
import { slackRenderer } from "../../../../src/adapters/slack/messages/render.ts";
import type { Member } from "../../../../src/incidents/alert-group.ts";
import type { LastNotified } from "../../../../src/incidents/incident.ts";
import type { NotificationReason } from "../../../../src/notifications/decide.ts";
import { HOUR } from "../../../../src/time/time.ts";
import { aGroupNotification, aMember, noon } from "../../../support/builders.ts";

const { root, replies } = slackRenderer("UTC").alerts;

const lastNotified: LastNotified = {
  severity: "warning",
  resolved: false,
  bucket: noon,
  at: noon + HOUR,
  channel: "C0ALERTS1",
  ts: "1.000001",
};

const fallen = (app: string, hours = 1, isOver = false): Member =>
  aMember(
    {
      id: `${app}.drop@2026-06-16T12`,
      lastAnomalousBucket: noon + (hours - 1) * HOUR,
      ...(isOver && { resolvedAt: noon + (hours + 1) * HOUR }),
    },
    { id: app, appName: app, segmentName: "", series: { workspace: "main", app, unit: "hour" } },
  );

test.each<[rule: string, reason: NotificationReason, members: Member[], expected: string]>([
  [
    "nearly everything at once is one line with the names and their changes",
    "opened",
    [fallen("a"), fallen("b"), fallen("c")],
    "🟠 Warning: sessions down almost everywhere (3 watches) – a −51%, b −51%, c −51% (Tue 12–1 PM UTC)",
  ],
  [
    "while some of it is resolved, those that are still open are named",
    "updated",
    [fallen("a"), fallen("b"), fallen("c", 1, true)],
    "🟠 Warning: 2 of 3 watches still down – a −51%, b −51% (Tue 12–1 PM UTC)",
  ],
  [
    "when all is resolved, how long it lasted and what it came to is told",
    "resolved",
    [fallen("a", 1, true), fallen("b", 5, true), fallen("c", 1, true)],
    "✅ Resolved: a, b, c back to normal – down for 5 hours from Tue 16 Jun 12 PM UTC, about 1,890 fewer sessions",
  ],
  [
    "what was resolved before it could be posted is posted as that",
    "missed",
    [fallen("a", 2, true), fallen("b", 2, true), fallen("c", 2, true)],
    "✅ Already resolved: a, b, c – down for 2 hours from Tue 16 Jun 12 PM UTC, about 1,890 fewer sessions",
  ],
])("%s", (_, reason, members, expected) => {
  expect(root(aGroupNotification(reason, members, 3)).text).toBe(expected);
});

const withSeverity = (
  { incident, watch }: Member,
  severity: "critical" | "warning",
  owner?: string,
): Member => ({
  watch: { ...watch, ...(owner && { owner }) },
  incident: { ...incident, severity },
});

test("a message shows as critical what is critical and still open, not what has resolved", () => {
  const members = [fallen("a", 1, true), fallen("b", 5)].map((one) => withSeverity(one, "critical"));
  expect(replies(aGroupNotification("worsened", members, 3)).map(({ text }) => text)).toEqual([
    expect.stringMatching(/^🔴 Critical, escalated: b down 51% – 610 vs 1,105–1,382 expected sessions \(/),
  ]);
});

test("a resolution names the incidents, because a thread reply is read without its root message", () => {
  const members = [fallen("a", 1, true), fallen("b", 5, true), fallen("c", 1, true)];
  expect(replies(aGroupNotification("resolved", members, 3)).map(({ text }) => text)).toEqual([
    "✅ Resolved: a, b, c back to normal – down for 5 hours from Tue 16 Jun 12 PM UTC, about 1,890 fewer sessions",
  ]);
});

describe("an app that joins an alert group", () => {
  const known = ({ incident, watch }: Member): Member => ({ watch, incident: { ...incident, lastNotified } });
  const joining = (severity: "critical" | "warning") => [
    known(fallen("a")),
    withSeverity(fallen("b"), severity, "U0BEN0001"),
  ];

  test("is posted with its numbers and with what it was added to", () => {
    const [reply] = replies(aGroupNotification("joined", joining("critical")));
    expect(reply?.text).toBe(
      "🔴 Critical, also down now: b down 51% – 610 vs 1,105–1,382 expected sessions (Tue 12–1 PM UTC). Added to the drop of a (2 watches).",
    );
  });

  test.each([
    ["critical", "<@U0BEN0001>: this is critical, please investigate."],
    ["warning", "Owner: <@U0BEN0001>"],
  ] as const)("names its owner when it is %s", (severity, words) => {
    expect(JSON.stringify(replies(aGroupNotification("joined", joining(severity)))[0])).toContain(words);
  });
});

describe("the share of a segment", () => {
  const iosOf = (segment: string | undefined, balance: number): Member => {
    const { incident, watch } = fallen("ios");
    const { segmentName: _, ...app } = watch;
    return {
      incident: { ...incident, id: `ios-${segment}.drop@2026-06-16T12`, balance },
      watch: {
        ...app,
        id: `ios-${segment}`,
        appName: "iOS",
        series: { workspace: "main", app: "ios", unit: "hour", ...(segment && { segment }) },
        ...(segment && { segmentName: segment }),
      },
    };
  };
  const blocksOf = (...members: Member[]) =>
    JSON.stringify(root(aGroupNotification("opened", members)).blocks);

  test.each([
    ["is a share of what its app lost", -240, "(24% of the iOS loss)"],
    ["is never rounded to nothing", -3, "(under 1% of the iOS loss)"],
  ])("%s", (_, balance, words) => {
    expect(blocksOf(iosOf(undefined, -1_000), iosOf("new", balance))).toContain(words);
  });

  test("is left out when the app itself is not in the group", () => {
    expect(blocksOf(iosOf("paying", -1_000), iosOf("new", -240))).not.toContain("% of");
  });
});

test("what the incidents lost is summed", () => {
  expect(JSON.stringify(root(aGroupNotification("opened", [fallen("a"), fallen("b")])))).toContain(
    "About 1,260 fewer sessions than expected so far",
  );
});

test("an acknowledgement covers the open incidents that nobody has acknowledged", () => {
  const seenTo = ({ incident, watch }: Member): Member => ({
    watch,
    incident: { ...incident, acknowledged: { by: "ada", at: noon } },
  });
  const offered = (...members: Member[]) =>
    /"text":"(Acknowledge|Unacknowledge)".*?"value":"(\w+)/
      .exec(JSON.stringify(root(aGroupNotification("updated", members)).blocks))
      ?.slice(1);
  expect(offered(fallen("a"), fallen("b"))).toEqual(["Acknowledge", "a"]);
  expect(offered(fallen("a", 1, true), fallen("b"))).toEqual(["Acknowledge", "b"]);
  expect(offered(seenTo(fallen("a")), fallen("b"))).toEqual(["Acknowledge", "b"]);
  expect(offered(seenTo(fallen("a", 1, true)), seenTo(fallen("b")))).toEqual(["Unacknowledge", "b"]);
});

test("a notification is never cut inside markup protection or an escape", () => {
  const cut = (held: string) => messageOf(`${"a".repeat(147)}${held} and more`, []).text;
  expect(cut("\u2060`\u2060")).toBe(`${"a".repeat(147)}…`);
  expect(cut("&amp;")).toBe(`${"a".repeat(147)}…`);
  expect(cut("👩")).toBe(`${"a".repeat(147)}👩…`);
  expect(cut("a👩")).toBe(`${"a".repeat(148)}…`);
});
