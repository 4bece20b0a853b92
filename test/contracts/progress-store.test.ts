import { beforeEach, describe, expect, test } from "vitest";
import type { ProgressStore } from "../../src/pipeline/ports/series.ts";
import { HOUR } from "../../src/time/time.ts";
import { noon } from "../builders.ts";
import { kinds } from "./kinds.ts";

describe.each(kinds)("progress in %s", (_, open) => {
  let progress: ProgressStore;
  beforeEach(() => {
    progress = open().progress;
  });

  test("a series that never was anywhere is unknown", async () => {
    expect(await progress.of("main.ios.all.hour")).toBeUndefined();
    expect(await progress.all()).toEqual(new Map());
  });

  test("a change replaces what it names, and nothing else", async () => {
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

  test("what is named undefined is forgotten", async () => {
    await progress.save("main.ios.all.hour", { evaluatedThrough: noon, awaited: [noon - HOUR, noon] });
    expect(await progress.of("main.ios.all.hour")).toEqual({
      evaluatedThrough: noon,
      awaited: [noon - HOUR, noon],
    });
    await progress.save("main.ios.all.hour", { awaited: undefined });
    expect(await progress.of("main.ios.all.hour")).toEqual({ evaluatedThrough: noon });
  });

  test("two that change different things at once both do", async () => {
    await Promise.all([
      progress.save("main.ios.all.hour", { evaluatedThrough: noon }),
      progress.save("main.ios.all.hour", { collectedThrough: noon }),
      progress.save("main.ios.all.hour", { notBefore: noon }),
    ]);
    const all = { evaluatedThrough: noon, collectedThrough: noon, notBefore: noon };
    expect(await progress.of("main.ios.all.hour")).toEqual(all);
  });

  test("all of ten thousand series are read at once", async () => {
    const ids = Array.from({ length: 10_000 }, (_, i) => `main.app-${i}.all.hour`);
    await Promise.all(ids.map((id, i) => progress.save(id, { notBefore: i })));
    const all = await progress.all();
    expect(all.size).toBe(10_000);
    expect(all.get("main.app-9999.all.hour")).toEqual({ notBefore: 9_999 });
  });

  test("a removed series is unknown", async () => {
    await progress.save("main.ios.all.hour", {});
    expect(await progress.of("main.ios.all.hour")).toEqual({});
    await progress.remove("main.ios.all.hour");
    await progress.remove("main.ios.all.hour");
    expect(await progress.of("main.ios.all.hour")).toBeUndefined();
  });
});
