import { type Change, TIDEWATCH } from "../settings/change.ts";
import type { Watch } from "../settings/watch.ts";
import type { Label } from "./label.ts";

/** The step of the threshold adjustment, and its limit. */
const STEP = 1.1;
const MOST = 1.5;

/**
 * Among this many labelled incidents in a row, this many false alarms are more than chance: less than two in three are
 * real.
 */
const AMONG = 5;
const TOO_MANY = 2;

/**
 * The threshold adjustment after incidents with these labels, oldest first: each false alarm that is at least the
 * second among five raises it a step, and each real one lowers it a step.
 * @param from the adjustment before these labels.
 * @example thresholdAdjustmentOf(["false-alarm", "real", "false-alarm"]); // => 1.1
 */
export function thresholdAdjustmentOf(labels: readonly Label[], from = 1): number {
  const highest = stepsTo(MOST);
  let steps = stepsTo(from);
  for (const [i, label] of labels.entries()) {
    const lately = labels.slice(Math.max(0, i + 1 - AMONG), i + 1);
    const isOneTooMany = lately.filter((one) => one === "false-alarm").length >= TOO_MANY;
    if (label === "false-alarm" && isOneTooMany) steps = Math.min(highest, steps + 1);
    if (label === "real") steps = Math.max(0, steps - 1);
  }
  return Math.min(MOST, Math.round(STEP ** steps * 1_000) / 1_000);
}

// Rounds, since the result is stored.
const stepsTo = (thresholdAdjustment: number): number =>
  Math.ceil(Math.log(thresholdAdjustment) / Math.log(STEP) - 0.01);

/**
 * The newest of these changes by which a person set the threshold adjustment of a watch, such as an Undo.
 * @param changes newest first.
 */
export const decidedAdjustment = (changes: readonly Change[], watchId: string) =>
  changes
    .flatMap(({ by, at, changed }) => {
      if (changed.kind !== "watch" || changed.watchId !== watchId || by === TIDEWATCH) return [];
      const [before, after] = [
        changed.before?.thresholdAdjustment ?? 1,
        changed.after?.thresholdAdjustment ?? 1,
      ];
      return before === after ? [] : [{ at, thresholdAdjustment: after }];
    })
    .at(0);

/** A watch with this threshold adjustment; 1 is left out. */
export function withThresholdAdjustment(
  { thresholdAdjustment: _, ...watch }: Watch,
  thresholdAdjustment: number,
): Watch {
  return thresholdAdjustment === 1 ? watch : { ...watch, thresholdAdjustment };
}
