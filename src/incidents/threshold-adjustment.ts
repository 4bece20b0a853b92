import { type Change, TIDEWATCH } from "../settings/change.ts";
import type { Watch } from "../settings/watch.ts";
import type { Label } from "./label.ts";

/** One step of the threshold, and how far it is raised at most. */
const STEP = 1.1;
const MOST = 1.5;

/** Of so many labelled incidents in a row, so many false alarms are more than bad luck: less than two in three hold. */
const AMONG = 5;
const TOO_MANY = 2;

/**
 * By how much the threshold of a watch is raised after incidents with these labels, oldest first: a step with each false
 * alarm that is at least the second among five, and back a step with each real one.
 * @param from by how much it was raised before these labels.
 * @example lenienceOf(["false-alarm", "real", "false-alarm"]); // => 1.1
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

// What is stored is rounded.
const stepsTo = (thresholdAdjustment: number): number =>
  Math.ceil(Math.log(thresholdAdjustment) / Math.log(STEP) - 0.01);

/**
 * The newest of these changes with which a person decided by how much the threshold of a watch is raised, such as by an Undo.
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

/** A watch with its threshold raised by this factor; 1 is not noted. */
export function withThresholdAdjustment(
  { thresholdAdjustment: _, ...watch }: Watch,
  thresholdAdjustment: number,
): Watch {
  return thresholdAdjustment === 1 ? watch : { ...watch, thresholdAdjustment };
}
