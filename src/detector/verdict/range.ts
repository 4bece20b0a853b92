import type { Rules } from "../../settings/watch.ts";
import type { Prediction } from "../prediction.ts";
import { anscombe, inverseAnscombe, type Transform, transformOf } from "../transform.ts";
import type { WindowScore, WindowStatistic } from "../windows.ts";
import { alertOf, type Limits, signOf, windowAlerts } from "./alert.ts";
import type { Direction, Range, Together } from "./verdict.ts";

/** Counts beyond this are not looked for: a bucket that no such count makes alert has no upper bound. */
const LARGEST_COUNT = 2 ** 52;

/** Losses beyond this many times what was expected are not looked for. */
const LOWEST_MULTIPLE = 16;

/**
 * The expected range of a bucket: the counts that would not alert, given the buckets before it, at the watch's own
 * threshold and minimum change. It is the rule of `alertOf`, inverted: a bucket alerts exactly if its count lies
 * outside.
 * @example expectedRange(prediction, "both", { threshold: 3.6, … }); // => { low: 1_105, high: 1_382 }
 */
export function expectedRange(prediction: Prediction, direction: Rules["direction"], limits: Limits): Range {
  const alerts = (count: number, of: Direction) => alertOf(prediction, count, of, limits) !== undefined;
  const { kind, expected: baseline } = prediction.expectation;
  const expected = Math.max(1, Math.ceil(inverseAnscombe(baseline)));
  const least = transformOf(kind).isSigned ? -LOWEST_MULTIPLE * expected : 0;
  const low = direction === "spike" ? least : firstWhere((count) => !alerts(count, "drop"), least, expected);
  if (direction === "drop") return { low };
  let beyond = expected;
  while (!alerts(beyond, "spike")) {
    if (beyond > LARGEST_COUNT) return { low };
    beyond *= 2;
  }
  return { low, high: firstWhere((count) => alerts(count, "spike"), 0, beyond) - 1 };
}

/** The first whole number from `from` on for which a test holds, if it holds for all after that; `to` at the latest. */
function firstWhere(test: (count: number) => boolean, from: number, to: number): number {
  let [low, high] = [from, to];
  if (test(low)) return low;
  while (high - low > 1) {
    const middle = low + Math.floor((high - low) / 2);
    if (test(middle)) high = middle;
    else low = middle;
  }
  return high;
}

/**
 * The range of a bucket by itself, as if the buckets before it had been as expected, at a threshold: where an incident's
 * bucket must lie to count as recovered.
 */
export function rangeAlone(prediction: Prediction, threshold: number): Required<Range> {
  const { expectation, deviation, tailScales, volumeWeight } = prediction;
  const unit = (expectation.scale * deviation) / volumeWeight;
  const { least, most } = expectation;
  const { inverse, isSigned } = transformOf(expectation.kind);
  const lowest = least - threshold * unit * tailScales[0]!;
  return {
    low: inverse(isSigned ? lowest : Math.max(0, lowest)),
    high: inverse(most + threshold * unit * tailScales[1]!),
  };
}

/**
 * The counts of a look-back window that alerts, and what they could have been together: had all its buckets been
 * off by the same fraction less, the window would just not have alerted. On the other side of what was expected the
 * range is as wide on the transformed scale. Undefined for a window of one bucket, which `expectedRange` describes.
 * @example // six hours at −25%, of which −18% would not have alerted
 * togetherOf(…); // => { buckets: 6, observed: 6_556, expected: 8_740, low: 7_168, high: 10_468 }
 */
export function togetherOf(
  prediction: Prediction,
  windows: readonly WindowStatistic[],
  { window, observed, expected }: WindowScore,
  direction: Direction,
  limits: Limits,
): Together | undefined {
  if (window === 1) return undefined;
  const statistic = windows.find((each) => each.window === window && each.observed === observed);
  const bound = statistic
    ? boundOf((fraction) => windowAlerts(prediction, shrunk(statistic, fraction), direction, limits), {
        observed,
        expected,
      })
    : // A run of zeros ends with the first count.
      observed;
  const mirrored = mirror(bound, expected, transformOf(prediction.expectation.kind));
  return signOf(direction) < 0
    ? { buckets: window, observed, expected, low: Math.floor(bound) + 1, high: Math.ceil(mirrored) }
    : { buckets: window, observed, expected, low: Math.floor(mirrored), high: Math.ceil(bound) - 1 };
}

/** A window whose buckets are all off by a fraction of what they are. */
const shrunk = (of: WindowStatistic, fraction: number): WindowStatistic => ({
  window: of.window,
  step: fraction * of.step,
  stouffer: fraction * of.stouffer,
  observed: of.expected + fraction * (of.observed - of.expected),
  expected: of.expected,
});

/** Halvings after which a fraction is known to 1 in 10⁹. */
const HALVINGS = 30;

/** The count of the smallest fraction that alerts; what was observed alerts. */
function boundOf(
  alerts: (fraction: number) => boolean,
  { observed, expected }: Pick<WindowScore, "observed" | "expected">,
): number {
  let [quiet, alerting] = [0, 1];
  for (let i = 0; i < HALVINGS; i++) {
    const middle = (quiet + alerting) / 2;
    if (alerts(middle)) alerting = middle;
    else quiet = middle;
  }
  return expected + alerting * (observed - expected);
}

/** As far on the other side of what was expected, on the transformed scale. */
function mirror(bound: number, expected: number, { inverse, isSigned }: Transform): number {
  const mirrored = 2 * anscombe(expected) - anscombe(bound);
  return inverse(isSigned ? mirrored : Math.max(0, mirrored));
}
