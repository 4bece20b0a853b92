import { expect, test } from "vitest";
import { slackRenderer } from "../../../src/adapters/slack/messages/render.ts";
import { AWAY_FOR } from "../../../src/health/health-issue.ts";
import { checkHealth, reportIssue } from "../../../src/pipeline/check-health.ts";
import type { Context } from "../../../src/pipeline/context.ts";
import { MINUTE } from "../../../src/time/time.ts";
import { aHealthIssue, noon } from "../../support/builders.ts";
import { aContext } from "../../support/context.ts";
import { pausing } from "../../support/pausing.ts";

/** Stores, and a Slack that records its messages. */
function openContext() {
  const messages: string[] = [];
  let now = noon;
  const context = {
    ...aContext(),
    ops: { channel: "C0OPS0001", dailyStatusAt: 0, zone: "UTC" },
    renderer: slackRenderer("UTC"),
    messenger: {
      async post(channel, { text }, { thread }) {
        messages.push(`${thread ? "reply" : "post"}: ${text}`);
        return { channel, ts: `${messages.length}.1` };
      },
      update: async () => true,
      find: async () => undefined,
    },
    whenUnsure: "twice",
    wallClock: () => now,
    clock: () => now,
    memory: async () => ({ used: 0, limit: 0 }),
    timing: {} as Context["timing"],
    profiles: async () => () => ({}) as never,
  } satisfies Context as Context;
  return { context, messages, pass: (ms: number) => (now += ms) };
}

test("the health monitor runs while a process posts its own health issue, and the end of the issue is posted", async () => {
  const { context, messages, pass } = openContext();
  const { port: messenger, reached, letThrough } = pausing(context.messenger, "post", "after");
  const slow = { ...context, messenger };
  const logged: string[] = [];
  const log = (reason: string) => logged.push(reason);
  const { firstSeen, lastSeen, ...checkFailure } = aHealthIssue({
    id: "schedule.tick",
    kind: "schedule",
    grace: 0,
  });

  const reporting = reportIssue(checkFailure, slow, log);
  await reached;
  const checking = checkHealth(slow, log);
  letThrough();
  await Promise.all([reporting, checking]);
  expect(messages).toEqual([expect.stringMatching(/^post: /)]);

  pass(AWAY_FOR + MINUTE);
  await checkHealth(context, log);
  expect(messages.slice(1)).toEqual([expect.stringMatching(/^reply: ✅ Resolved/)]);
  expect(logged).toEqual(["opened", "resolved"]);
  expect(await context.healthIssues.all()).toEqual([]);
});

test("two processes report one health issue in the same moment: it is logged once, posted once and ends once", async () => {
  const { context, messages, pass } = openContext();
  const logged: string[] = [];
  const log = (reason: string) => logged.push(reason);
  const { firstSeen, lastSeen, ...checkFailure } = aHealthIssue({
    id: "schedule.tick",
    kind: "schedule",
    grace: 0,
  });
  await Promise.allSettled([
    reportIssue(checkFailure, context, log),
    reportIssue(checkFailure, context, log),
  ]);
  await checkHealth(context, log);
  pass(AWAY_FOR + MINUTE);
  await checkHealth(context, log);
  expect(messages).toEqual([expect.stringMatching(/^post: /), expect.stringMatching(/^reply: ✅ Resolved/)]);
  expect(logged).toEqual(["opened", "resolved"]);
});
