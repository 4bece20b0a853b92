import { beforeEach, describe, expect, test } from "vitest";
import { healthIssueKinds } from "../../src/health/checks.ts";
import type { HealthIssue } from "../../src/health/health-issue.ts";
import type { HealthIssueStore } from "../../src/pipeline/ports/ops.ts";
import type { Stores } from "../../src/pipeline/ports/stores.ts";
import { MINUTE } from "../../src/time/time.ts";
import { aHealthIssue, noon } from "../support/builders.ts";
import { kinds } from "./kinds.ts";

const put = (healthIssues: HealthIssueStore, healthIssue: HealthIssue) =>
  healthIssues.update(healthIssue.id, () => healthIssue);

describe.each(kinds)("in %s", (_, open) => {
  let stores: Stores;
  beforeEach(() => {
    stores = open();
  });

  test("a health issue is kept whole until it is removed", async () => {
    const { healthIssues } = stores;
    expect(await healthIssues.all()).toEqual([]);
    const reported = { gist: "no\nworkspace main", isOver: false, at: noon };
    const lastNotified = { ...reported, channel: "C0OPS0001", ts: "1718539200.000100" };
    const whole = aHealthIssue({ overAt: noon + 2 * MINUTE, logged: reported, lastNotified });
    await put(healthIssues, aHealthIssue());
    await put(healthIssues, aHealthIssue({ id: "behind", kind: "behind", what: [] }));
    await put(healthIssues, whole);
    expect(await healthIssues.all()).toEqual([
      aHealthIssue({ id: "behind", kind: "behind", what: [] }),
      whole,
    ]);
    await healthIssues.update("behind", () => undefined);
    await healthIssues.update("behind", () => undefined);
    expect(await healthIssues.all()).toEqual([whole]);
  });

  test.each(healthIssueKinds)("a health issue of the kind %s is read back", async (kind) => {
    const { healthIssues } = stores;
    await put(healthIssues, aHealthIssue({ id: kind, kind }));
    expect(await healthIssues.all()).toEqual([aHealthIssue({ id: kind, kind })]);
  });

  test("two writers of a health issue lose nothing of each other", async () => {
    const { healthIssues } = stores;
    await put(healthIssues, aHealthIssue({ what: [] }));
    const names = Array.from({ length: 20 }, (_, i) => `writer ${i}`);
    await Promise.all(
      names.map((name) =>
        healthIssues.update("braze.main", (stored) => stored && { ...stored, what: [...stored.what, name] }),
      ),
    );
    const [stored] = await healthIssues.all();
    expect([...stored!.what].sort()).toEqual([...names].sort());
  });

  test("the usual ingestion delay of a series is kept to the second", async () => {
    const { ingestionDelays } = stores;
    expect(await ingestionDelays.of("main.ios.all.hour")).toBeUndefined();
    await ingestionDelays.save("main.ios.all.hour", { usual: 15 * MINUTE, spread: 0 });
    await ingestionDelays.save("main.ios.all.hour", { usual: 23 * MINUTE, spread: 7 * MINUTE });
    await ingestionDelays.save("main.web.all.hour", { usual: 15 * MINUTE, spread: 0 });
    expect(await ingestionDelays.of("main.ios.all.hour")).toEqual({ usual: 23 * MINUTE, spread: 7 * MINUTE });
    expect([...(await ingestionDelays.all()).keys()].sort()).toEqual([
      "main.ios.all.hour",
      "main.web.all.hour",
    ]);
    await ingestionDelays.remove("main.web.all.hour");
    expect((await ingestionDelays.all()).size).toBe(1);
  });
});
