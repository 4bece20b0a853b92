import { beforeEach, describe, expect, test } from "vitest";
import type { QuotaStore } from "../../src/pipeline/ports/series.ts";
import { HOUR, MINUTE } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { kinds } from "./kinds.ts";

const now = noon + 20 * MINUTE;
const resetAt = noon + HOUR;
const lastNotified = (remaining: number) => ({ limit: 100, remaining, resetAt });

describe.each(kinds)("the API quota in %s", (_, open) => {
  let quotas: QuotaStore;
  beforeEach(() => {
    quotas = open().quotas;
  });

  test("is unknown at first, and nothing is refused", async () => {
    expect(await quotas.of("main", "default", now)).toBeUndefined();
    expect(await quotas.take("main", "default", 0.2, now)).toBeUndefined();
    expect(await quotas.of("main", "default", now)).toBeUndefined();
  });

  test("is taken one request at a time down to the reserve, however many ask at once", async () => {
    await quotas.learn("main", "default", lastNotified(30));
    const taken = await Promise.all(
      Array.from({ length: 40 }, () => quotas.take("main", "default", 0.2, now)),
    );
    expect(taken.filter((left) => left === undefined)).toHaveLength(11);
    expect(taken.at(-1)).toEqual(lastNotified(19));
    expect(await quotas.of("main", "default", now)).toEqual(lastNotified(19));
  });

  test("never falls below zero, even without a reserve", async () => {
    await quotas.learn("main", "default", lastNotified(1));
    expect(await quotas.take("main", "default", 0, now)).toBeUndefined();
    expect(await quotas.take("main", "default", 0, now)).toEqual(lastNotified(0));
  });

  test("is what the last response said, and a response out of order gives nothing back", async () => {
    await quotas.learn("main", "default", lastNotified(50));
    await quotas.learn("main", "default", lastNotified(40));
    await quotas.learn("main", "default", lastNotified(45));
    expect(await quotas.of("main", "default", now)).toEqual(lastNotified(40));
    await quotas.learn("main", "default", { limit: 100, remaining: 99, resetAt: noon });
    expect(await quotas.of("main", "default", now)).toEqual(lastNotified(40));
    await quotas.learn("main", "default", { limit: 200, remaining: 180, resetAt: resetAt + HOUR });
    expect(await quotas.of("main", "default", resetAt)).toEqual({
      limit: 200,
      remaining: 180,
      resetAt: resetAt + HOUR,
    });
  });

  test("starts again with the hour, before any response of that hour", async () => {
    await quotas.learn("main", "default", lastNotified(5));
    expect(await quotas.take("main", "default", 0.2, resetAt - 1)).toEqual(lastNotified(5));
    expect(await quotas.of("main", "default", resetAt)).toBeUndefined();
    expect(await quotas.take("main", "default", 0.2, resetAt)).toBeUndefined();
    expect(await quotas.of("main", "default", resetAt)).toEqual({
      limit: 100,
      remaining: 99,
      resetAt: resetAt + HOUR,
      isGuess: true,
    });
  });

  test("uses a reset time that Braze states instead of a guessed one, even off the hour", async () => {
    await quotas.learn("main", "default", { ...lastNotified(40), resetAt: now + MINUTE });
    const then = now + 2 * MINUTE;
    expect(await quotas.take("main", "default", 0.2, then)).toBeUndefined();
    // All of the limit was thought to be left until the full hour.
    const next = { limit: 100, remaining: 15, resetAt: then + 10 * MINUTE };
    await quotas.learn("main", "default", next);
    expect(await quotas.of("main", "default", then)).toEqual(next);
    expect(await quotas.take("main", "default", 0.2, then)).toEqual(next);
    // A guess takes the place of nothing that was told.
    await quotas.learn("main", "default", { limit: 100, remaining: 90, resetAt: then, isGuess: true });
    expect(await quotas.of("main", "default", then)).toEqual(next);
    expect(await quotas.take("main", "default", 0.2, next.resetAt)).toBeUndefined();
  });

  test("is separate for each pool", async () => {
    await quotas.learn("main", "segments", lastNotified(0));
    expect(await quotas.take("main", "default", 0.2, now)).toBeUndefined();
    expect(await quotas.take("main", "segments", 0.2, now)).toEqual(lastNotified(0));
  });

  test("is separate for each workspace", async () => {
    await quotas.learn("main", "default", lastNotified(0));
    expect(await quotas.take("eu", "default", 0.2, now)).toBeUndefined();
  });
});
