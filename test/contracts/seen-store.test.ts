import { describe, expect, test } from "vitest";
import { until } from "../support/until.ts";
import { kinds } from "./kinds.ts";

describe.each(kinds)("in %s, an incoming request", (_, open) => {
  test("is new once, for one of many that ask at once", async () => {
    const { seen } = open();
    const asked = await Promise.all(Array.from({ length: 20 }, () => seen.isFirst("click U1 1", 60_000)));
    expect(asked.filter(Boolean)).toHaveLength(1);
    expect(await seen.isFirst("click U1 2", 60_000)).toBe(true);
  });

  test("is new again after its expiry", async () => {
    const { seen } = open();
    expect(await seen.isFirst("press", 20)).toBe(true);
    await until(() => seen.isFirst("press", 60_000), "its time to be over");
    expect(await seen.isFirst("press", 60_000)).toBe(false);
  });
});
