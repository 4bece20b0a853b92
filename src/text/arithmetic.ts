import type { NumberKind } from "../metrics/metric.ts";
import type { Arithmetic } from "../reports/why.ts";
import type { Unit } from "../time/time.ts";
import { counted } from "./numbers.ts";

/**
 * How an anomaly score came about, a step each: what it is, and a line that a calculator reproduces up to rounding.
 * @example // "this hour: √(610 + ⅜) − √(1,240.000 + ⅜) = −10.514"
 */
export function arithmeticInWords(of: Arithmetic, score: number, unit: Unit): string[] {
  const { expectation, observed, value, z, forecast, before, parameters } = of;
  if (!before) return [zeroRunInWords(of, unit)];
  const { expected, least, most, scale } = expectation;
  const ratio = value / scale;
  const innovation = z - forecast;
  const sum = before.innovations + before.weight * innovation;
  const step = sum / before.deviation;
  const stouffer = (before.z + z) / Math.sqrt(before.window);
  const deviation = Math.min(Math.abs(step) * of.size, Math.abs(stouffer) * parameters.stoufferShare);
  const { softClipFrom, softClipSlope } = parameters;
  return [
    least !== most
      ? `distance beyond all that is expected, from √(${n(least ** 2 - 0.375)} + ⅜) to √(${n(most ** 2 - 0.375)} + ⅜): ${n(value)}`
      : `distance from what is expected, as square roots${smallest[expectation.kind ?? "count"] ?? ""}: √(${exact(observed)} + ⅜) − √(${n(expected ** 2 - 0.375)} + ⅜) = ${n(value)}`,
    `in standard deviations of such ${unit}s: ${n(value)} ÷ ${n(scale)} = ${n(ratio)}`,
    ...(Math.abs(ratio) > softClipFrom
      ? [
          `beyond ${n(softClipFrom)} only its logarithm counts: ${n(Math.sign(z) * softClipFrom)} × (1 + ${n(softClipSlope)} × ln(${n(Math.abs(ratio))} ÷ ${n(softClipFrom)})) = ${n(z)}`,
        ]
      : []),
    `less the forecast from the ${unit}s before: ${n(z)} − (${n(forecast)}) = ${n(innovation)}`,
    `over ${span(before.window, unit)}: (${n(before.innovations)} + ${n(before.weight)} × (${n(innovation)})) ÷ ${n(before.deviation)} = ${n(step)}`,
    `without the forecast: (${n(before.z)} + ${n(z)}) ÷ √${before.window} = ${n(stouffer)}`,
    `the size of the change counts ${n(of.size)}; the smaller of ${n(Math.abs(step))} × ${n(of.size)} and ${n(Math.abs(stouffer))} is ${n(deviation)}`,
    `anomaly score, with a weight of ${n(of.volumeWeight)} for the volume and ${n(of.tail)} for the noise of this series: ${n(deviation)} × ${n(of.volumeWeight)} ÷ ${n(of.tail)} = ${n(Math.abs(score))}`,
  ];
}

/** In which parts a kind of number is evaluated (`transformOf`). */
const smallest: Readonly<Partial<Record<NumberKind, string>>> = {
  money: " of cents",
  ratio: " of billionths",
  "money-ratio": " of billionths",
};

function zeroRunInWords({ zeroRun, parameters }: Arithmetic, unit: Unit): string {
  const { length, cost, costliest, expected } = zeroRun;
  const total = cost + expected;
  const score = parameters.zeroRunWeight * Math.log(1 + total / (parameters.zeroRunAllowance + costliest));
  return `nothing was counted in ${counted(length + 1, unit)} of which ${n(total)} were expected; the costliest usual run of zeros missed ${n(costliest)}: ${parameters.zeroRunWeight} × ln(1 + ${n(total)} ÷ (${parameters.zeroRunAllowance} + ${n(costliest)})) = ${n(score)}`;
}

const span = (window: number, unit: Unit): string =>
  window === 1 ? `this ${unit} alone` : `the last ${counted(window, unit)}`;

/** With three decimals, which is enough to check the next line. */
const n = (value: number): string => `${value < 0 ? "−" : ""}${Math.abs(value).toFixed(3)}`;

const exact = (value: number): string => value.toLocaleString("en-US", { maximumFractionDigits: 2 });
