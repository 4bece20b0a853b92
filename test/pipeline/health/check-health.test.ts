import { expect, test } from "vitest";
import { opsRenderer } from "../../../src/adapters/slack/messages/health.ts";
import { AWAY_FOR } from "../../../src/health/health-issue.ts";
import { type CheckHealthDeps, checkHealth, reportIssue } from "../../../src/pipeline/check-health.ts";
import type { Context } from "../../../src/pipeline/context.ts";
import { MINUTE } from "../../../src/time/time.ts";
import { aHealthIssue, noon } from "../../support/builders.ts";
import { pausing } from "../../support/pausing.ts";
import { freshStores } from "../../support/stores.ts";

/** Stores, and a Slack that records its messages. */
function openDeps() {
  const messages: string[] = [];
  let now = noon;
  const deps = {
    ...freshStores(),
    ops: { channel: "C0OPS0001", dailyStatusAt: 0, zone: "UTC" },
    opsRenderer: opsRenderer(),
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
  } satisfies CheckHealthDeps as CheckHealthDeps;
  return { deps, messages, pass: (ms: number) => (now += ms) };
}

test("the health monitor runs while a process posts its own health issue, and the end of the issue is posted", async () => {
  const { deps, messages, pass } = openDeps();
  const { port: messenger, reached, letThrough } = pausing(deps.messenger, "post", "after");
  const slow = { ...deps, messenger };
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
  await checkHealth(deps, log);
  expect(messages.slice(1)).toEqual([expect.stringMatching(/^reply: ✅ Resolved/)]);
  expect(logged).toEqual(["opened", "resolved"]);
  expect(await deps.healthIssues.all()).toEqual([]);
});

test("two processes report one health issue in the same moment: it is logged once, posted once and ends once", async () => {
  const { deps, messages, pass } = openDeps();
  const logged: string[] = [];
  const log = (reason: string) => logged.push(reason);
  const { firstSeen, lastSeen, ...checkFailure } = aHealthIssue({
    id: "schedule.tick",
    kind: "schedule",
    grace: 0,
  });
  await Promise.allSettled([reportIssue(checkFailure, deps, log), reportIssue(checkFailure, deps, log)]);
  await checkHealth(deps, log);
  pass(AWAY_FOR + MINUTE);
  await checkHealth(deps, log);
  expect(messages).toEqual([expect.stringMatching(/^post: /), expect.stringMatching(/^reply: ✅ Resolved/)]);
  expect(logged).toEqual(["opened", "resolved"]);
});
