import { beforeEach, describe, expect, test } from "vitest";
import type { ProgressStore } from "../../src/pipeline/ports/series.ts";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { kinds } from "./kinds.ts";

describe.each(kinds)("progress in %s", (_, open) => {
  let progress: ProgressStore;
  beforeEach(() => {
    progress = open().progress;
  });

  test("an unknown series has no progress", async () => {
    expect(await progress.of("main.ios.all.hour")).toBeUndefined();
    expect(await progress.all()).toEqual(new Map());
  });

  test("an update replaces only the fields it names", async () => {
    await progress.save("main.ios.all.hour", { evaluatedThrough: noon, notBefore: noon + 1 });
    await progress.save("main.ios.all.hour", {
      evaluatedThrough: noon + HOUR,
      collectedThrough: noon + HOUR,
    });
    expect(await progress.of("main.ios.all.hour")).toEqual({
      evaluatedThrough: noon + HOUR,
      collectedThrough: noon + HOUR,
      notBefore: noon + 1,
    });
  });

  test("a field set to undefined is removed", async () => {
    await progress.save("main.ios.all.hour", { evaluatedThrough: noon, awaited: [noon - HOUR, noon] });
    expect(await progress.of("main.ios.all.hour")).toEqual({
      evaluatedThrough: noon,
      awaited: [noon - HOUR, noon],
    });
    await progress.save("main.ios.all.hour", { awaited: undefined });
    expect(await progress.of("main.ios.all.hour")).toEqual({ evaluatedThrough: noon });
  });

  test("two simultaneous updates of different fields both take effect", async () => {
    await Promise.all([
      progress.save("main.ios.all.hour", { evaluatedThrough: noon }),
      progress.save("main.ios.all.hour", { collectedThrough: noon }),
      progress.save("main.ios.all.hour", { notBefore: noon }),
    ]);
    const all = { evaluatedThrough: noon, collectedThrough: noon, notBefore: noon };
    expect(await progress.of("main.ios.all.hour")).toEqual(all);
  });

  test("the progress of ten thousand series is read in one call", async () => {
    const ids = Array.from({ length: 10_000 }, (_, i) => `main.app-${i}.all.hour`);
    await Promise.all(ids.map((id, i) => progress.save(id, { notBefore: i })));
    const all = await progress.all();
    expect(all.size).toBe(10_000);
    expect(all.get("main.app-9999.all.hour")).toEqual({ notBefore: 9_999 });
  });

  test("a removed series has no progress", async () => {
    await progress.save("main.ios.all.hour", {});
    expect(await progress.of("main.ios.all.hour")).toEqual({});
    await progress.remove("main.ios.all.hour");
    await progress.remove("main.ios.all.hour");
    expect(await progress.of("main.ios.all.hour")).toBeUndefined();
  });
});
