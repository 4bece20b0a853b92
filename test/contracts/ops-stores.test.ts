import { beforeEach, describe, expect, test } from "vitest";
import { type Blindness, blindnessKinds } from "../../src/health/health-issue.ts";
import { MINUTE } from "../../src/time/time.ts";
import { noon } from "../builders.ts";
import { kinds, type Stores } from "./kinds.ts";

const aBlindness = (over: Partial<Blindness> = {}): Blindness => ({
  id: "braze.main",
  kind: "braze",
  what: ["workspace main"],
  detail: "Braze answered 401: “no”",
  advice: "Check BRAZE_API_KEY.",
  since: noon,
  grace: 2 * MINUTE,
  firstSeen: noon,
  lastSeen: noon + MINUTE,
  ...over,
});

describe.each(kinds)("in %s", (_, open) => {
  let stores: Stores;
  beforeEach(() => {
    stores = open();
  });

  test("a blindness is kept whole until it is removed", async () => {
    const { blindnesses } = stores;
    expect(await blindnesses.all()).toEqual([]);
    const said = { gist: "no\nworkspace main", isOver: false, at: noon };
    const told = { ...said, channel: "C0OPS0001", ts: "1718539200.000100" };
    const whole = aBlindness({ overAt: noon + 2 * MINUTE, logged: said, told });
    await blindnesses.save(aBlindness());
    await blindnesses.save(aBlindness({ id: "behind", kind: "behind", what: [] }));
    await blindnesses.save(whole);
    expect(await blindnesses.all()).toEqual([aBlindness({ id: "behind", kind: "behind", what: [] }), whole]);
    await blindnesses.remove("behind");
    await blindnesses.remove("behind");
    expect(await blindnesses.all()).toEqual([whole]);
  });

  test.each(blindnessKinds)("a blindness of the kind %s is read back", async (kind) => {
    const { blindnesses } = stores;
    await blindnesses.save(aBlindness({ id: kind, kind }));
    expect(await blindnesses.all()).toEqual([aBlindness({ id: kind, kind })]);
  });

  test("the usual delay of a series is kept to the second", async () => {
    const { arrivals } = stores;
    expect(await arrivals.of("main.ios.all.hour")).toBeUndefined();
    await arrivals.save("main.ios.all.hour", { usual: 15 * MINUTE, spread: 0 });
    await arrivals.save("main.ios.all.hour", { usual: 23 * MINUTE, spread: 7 * MINUTE });
    await arrivals.save("main.web.all.hour", { usual: 15 * MINUTE, spread: 0 });
    expect(await arrivals.of("main.ios.all.hour")).toEqual({ usual: 23 * MINUTE, spread: 7 * MINUTE });
    expect([...(await arrivals.all()).keys()].sort()).toEqual(["main.ios.all.hour", "main.web.all.hour"]);
    await arrivals.remove("main.web.all.hour");
    expect((await arrivals.all()).size).toBe(1);
  });
});
