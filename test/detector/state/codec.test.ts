import fc from "fast-check";
import { expect, test } from "vitest";
import { generated } from "../../../simulator/braze/counts.ts";
import { decodeState, encodeState, newState, observe } from "../../../src/detector/detector.ts";
import { HOUR } from "../../../src/time/time.ts";
import { berlin, monday } from "../replayed.ts";

const counts = generated({ seed: 9, level: 300, zone: "Europe/Berlin" });
const learned = (hours: number) => {
  const state = newState(berlin);
  for (let i = 0; i < hours; i++)
    observe(state, monday + i * HOUR, i % 97 === 0 ? "missing" : counts(monday + i * HOUR));
  return state;
};

test("a packed and unpacked state gives the same scores from then on", () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 1_000 }), (hours) => {
      const state = learned(hours);
      const copy = decodeState(encodeState(state))!;
      for (let i = hours; i < hours + 60; i++) {
        const hour = monday + i * HOUR;
        expect(observe(copy, hour, counts(hour))).toEqual(observe(state, hour, counts(hour)));
      }
    }),
    { numRuns: 15 },
  );
});

test("a packed state fits into 4 KB whatever it has learned", () => {
  for (const hours of [0, 500, 3_000]) expect(encodeState(learned(hours)).length).toBeLessThanOrEqual(4_096);
});

test.each([
  ["of another version", (bytes: Uint8Array) => bytes.with(0, bytes[0]! + 1)],
  ["that was cut short", (bytes: Uint8Array) => bytes.subarray(0, bytes.length - 1)],
  ["of nothing", () => new Uint8Array()],
  ["with one number changed", (bytes: Uint8Array) => bytes.with(900, bytes[900]! ^ 1)],
  ["whose profile has another length", (bytes: Uint8Array) => bytes.with(6, bytes[6]! + 1)],
  ["whose profile is no JSON", (bytes: Uint8Array) => bytes.with(9, 0)],
])("a state %s is learned from the history again", (_, spoil) => {
  expect(decodeState(spoil(encodeState(learned(200))))).toBeUndefined();
});
