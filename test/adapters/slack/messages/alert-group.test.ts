import { expect, test } from "vitest";
import { messageOf } from "../../../../src/adapters/slack/blocks/lists.ts";
import { slackRenderer } from "../../../../src/adapters/slack/messages/render.ts";
import type { Member } from "../../../../src/incidents/alert-group.ts";
import type { NotificationReason } from "../../../../src/notifications/decide.ts";
import { HOUR } from "../../../../src/time/time.ts";
import { aGroupNotification, aMember, noon } from "../../../support/builders.ts";

const { root, replies } = slackRenderer();

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
    "what fell together is said together",
    "opened",
    [fallen("a"), fallen("b"), fallen("c")],
    "⬇️ Drop: nearly everything (3 watches) since Tue 16 Jun 12:00 UTC, 1,890 sessions lost so far",
  ],
  [
    "while little of it is over, it is still named as a whole",
    "updated",
    [fallen("a"), fallen("b"), fallen("c", 1, true)],
    "⬇️ Drop: nearly everything (3 watches), 1 of 3 watches resolved, since Tue 16 Jun 12:00 UTC, 1,890 sessions lost so far",
  ],
  [
    "once most of it is over, what is left is named",
    "updated",
    [fallen("a", 1, true), fallen("b", 5), fallen("c", 1, true)],
    "⬇️ Drop: b, 2 of 3 watches resolved, since Tue 16 Jun 12:00 UTC, 1,890 sessions lost so far",
  ],
  [
    "when all is over, how long it lasted is told",
    "resolved",
    [fallen("a", 1, true), fallen("b", 5, true), fallen("c", 1, true)],
    "✅ Drop resolved: nearly everything (3 watches), 5 hours from Tue 16 Jun 12:00 UTC, 1,890 sessions lost",
  ],
  [
    "what was over before it could be told is told as that",
    "missed",
    [fallen("a", 2, true), fallen("b", 2, true), fallen("c", 2, true)],
    "⬇️ Drop, already resolved: nearly everything (3 watches), 2 hours from Tue 16 Jun 12:00 UTC, 1,890 sessions lost",
  ],
])("%s", (_, reason, members, expected) => {
  expect(root(aGroupNotification(reason, members, 3)).text).toBe(expected);
});

test("a message shows as critical what is critical and still open, not what has resolved", () => {
  const members = [fallen("a", 1, true), fallen("b", 5)].map(({ incident, watch }) => ({
    watch,
    incident: { ...incident, severity: "critical" as const },
  }));
  expect(replies(aGroupNotification("worsened", members, 3)).map(({ text }) => text)).toEqual([
    "⬇️ Now critical: b",
  ]);
});

test("a resolution names the incidents, because a thread reply is read without its root message", () => {
  const members = [fallen("a", 1, true), fallen("b", 5, true), fallen("c", 1, true)];
  expect(replies(aGroupNotification("resolved", members, 3)).map(({ text }) => text)).toEqual([
    "✅ Drop resolved after 5 hours: nearly everything (3 watches), 1,890 sessions lost in all",
  ]);
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
  const cut = (held: string) => messageOf(`${"a".repeat(298)}${held} and more`, []).text;
  expect(cut("\u2060`\u2060")).toBe("a".repeat(298));
  expect(cut("&amp;")).toBe("a".repeat(298));
});
