import { beforeEach, describe, expect, test } from "vitest";
import { type LimitUsage, overflowId } from "../../src/notifications/alert-limit.ts";
import type { Overflow } from "../../src/notifications/overflow.ts";
import type { Stores } from "../../src/pipeline/ports/stores.ts";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { kinds } from "./kinds.ts";

const CHANNEL = "C0ALERTS1";
const id = overflowId(CHANNEL, noon);

const aSpending = (over: Partial<LimitUsage> = {}): LimitUsage => ({
  id: CHANNEL,
  counted: [{ alertGroupId: "main.C0ALERTS1.hour.drop@2026-06-16T12", watches: ["ios", "web"], at: noon }],
  overflow: { id, since: noon },
  version: 0,
  ...over,
});

const aOverflow = (over: Partial<Overflow> = {}): Overflow => ({
  id,
  channel: CHANNEL,
  since: noon,
  entries: [{ alertGroupId: "a", reached: { of: "channel", messages: 10, within: HOUR } }],
  ref: { channel: CHANNEL, ts: "1.2" },
  editedAt: noon,
  version: 0,
  ...over,
});

describe.each(kinds)("in %s", (_, open) => {
  let stores: Stores;
  beforeEach(() => {
    stores = open();
  });

  test("the use of a channel's alert limit comes back whole, with its version raised by one", async () => {
    const { limitUsages } = stores;
    expect(await limitUsages.of(CHANNEL)).toBeUndefined();
    expect(await limitUsages.save(aSpending())).toEqual(aSpending({ version: 1 }));
    expect(await limitUsages.of(CHANNEL)).toEqual(aSpending({ version: 1 }));
    expect(await limitUsages.of("C0OTHER")).toBeUndefined();
  });

  test("one of many simultaneous writers of a limit wins", async () => {
    const { limitUsages } = stores;
    const answers = await Promise.all(Array.from({ length: 20 }, () => limitUsages.save(aSpending())));
    expect(answers.filter((answer) => answer !== undefined)).toHaveLength(1);
  });

  test("an overflow summary comes back whole, and an outdated version is refused", async () => {
    const { overflows } = stores;
    expect(await overflows.byId(id)).toBeUndefined();
    const saved = await overflows.save(aOverflow());
    expect(saved).toEqual(aOverflow({ version: 1 }));
    expect(await overflows.byId(id)).toEqual(saved);
    expect(await overflows.save(aOverflow())).toBeUndefined();
  });
});
