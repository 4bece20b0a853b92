import { generated } from "../../simulator/braze/counts.ts";
import { decodeState, encodeState, newState, observe } from "../../src/detector/detector.ts";
import { HOUR, WEEK } from "../../src/time/time.ts";
import { noon } from "../support/builders.ts";
import { type Figure, timed } from "./figure.ts";

const HOURS = 20_000;

/** What evaluating an hour costs once there is history, and what packing and unpacking the state costs. */
export async function benchDetector(): Promise<Figure[]> {
  const counts = generated({ seed: 1, level: 500, zone: "UTC" });
  const sessions = Array.from({ length: (8 * WEEK) / HOUR + HOURS }, (_, i) => counts(noon + i * HOUR));
  const state = newState({ unit: "hour", zone: "Europe/Berlin" });
  const history = (8 * WEEK) / HOUR;
  for (let i = 0; i < history; i++) observe(state, noon + i * HOUR, sessions[i]!);
  const evaluating = await timed(() => {
    for (let i = history; i < sessions.length; i++) observe(state, noon + i * HOUR, sessions[i]!);
  });
  const packing = await timed(() => {
    for (let i = 0; i < 1_000; i++) decodeState(encodeState(state));
  });
  return [
    {
      what: "detector: an hour evaluated",
      measured: `${((evaluating / HOURS) * 1000).toFixed(1)} µs`,
      target: "20 µs",
    },
    {
      what: "detector: hours evaluated a second",
      measured: Math.round(HOURS / (evaluating / 1000)).toLocaleString("en"),
    },
    { what: "detector: state packed and unpacked", measured: `${packing.toFixed(0)} µs` },
    { what: "detector: state", measured: `${encodeState(state).length} bytes`, target: "6,144" },
  ];
}
