import type { NumberKind } from "../../metrics/metric.ts";
import type { Rules } from "../../settings/watch.ts";
import { HOUR, stepOf, type Unit } from "../../time/time.ts";
import { transformOf } from "../transform.ts";

/** The counts below which a change does not alert, or is not critical. */
export interface Floors {
  readonly minAbsoluteChange: number;
  readonly minCriticalChange: number;
  /** So many counts off are critical, whatever share of the expected they are. */
  readonly criticalImpact: number;
}

/** A change that is smaller than a tenth of a usual bucket, or than this many counts, is not worth a message. */
const SMALLEST_SHARE = 0.1;
const SMALLEST_COUNT = 8;

/** A level moves by less than a percent a day. */
const SMALLEST_SHARE_OF_LEVEL = 0.02;

/** Critical is at least a quarter of what a usual hour counts, and this many counts. */
const CRITICAL_SHARE = 0.25;
const CRITICAL_COUNT = 100;

/** As many counts as four usual hours bring are critical, though they may be a small share of a day. */
const IMPACT_HOURS = 4;

/**
 * The floors of a watch: its own, or those that follow from the size of its series. On the exam's series the default
 * minimum change costs no incident that was found without it.
 * @param usual the counts of a usual bucket, in the smallest parts of its kind of number
 * @param denominator what a ratio was divided by: the floors of a ratio are counts of its numerator
 * @example floorsOf({}, 1_200, "hour"); // => { minAbsoluteChange: 120, minCriticalChange: 300, criticalImpact: 4_800 }
 */
export function floorsOf(
  rules: Pick<Rules, "minAbsoluteChange" | "minCriticalChange">,
  usual: number,
  unit: Unit,
  kind?: NumberKind,
  denominator = 1,
): Floors {
  const { parts: ofOne, isSteady, isRatio } = transformOf(kind);
  const parts = ofOne / denominator;
  const ofHour = isRatio ? usual : (usual * HOUR) / stepOf(unit);
  const share = isSteady ? SMALLEST_SHARE_OF_LEVEL : SMALLEST_SHARE;
  return {
    minAbsoluteChange: parts * (rules.minAbsoluteChange ?? Math.max(SMALLEST_COUNT, (share * usual) / parts)),
    minCriticalChange:
      parts * (rules.minCriticalChange ?? Math.max(CRITICAL_COUNT, (CRITICAL_SHARE * ofHour) / parts)),
    criticalImpact: IMPACT_HOURS * ofHour,
  };
}
