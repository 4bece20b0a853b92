import type { Direction } from "../detector/verdict/verdict.ts";
import { type Attribution, attribute, type Part } from "../incidents/attribution.ts";
import type { Breakdown, MetricPart } from "../incidents/breakdown.ts";
import type { Measured } from "../metrics/metrics.ts";
import { amount, change, count } from "./numbers.ts";
import { joined, name, strong, type Text, text } from "./text.ts";

/** Many names in a row are cut to so many. */
const MOST_NAMED = 3;

/** How many other apps the lines of a breakdown call as expected. */
export function appsAsExpected(breakdown: Breakdown, direction: Direction): number {
  const attribution = attributeApps(breakdown, direction);
  return attribution && attribution.moved.length > 0 && !attribution.isAlike
    ? attribution.asExpected.length
    : 0;
}

function attributeApps({ apps }: Breakdown, direction: Direction): Attribution | undefined {
  const all = apps.reduce(
    (sum, { observed, expected }) => ({
      observed: sum.observed + observed,
      expected: sum.expected + expected,
    }),
    { observed: 0, expected: 0 },
  );
  return attribute(apps, all, direction);
}

/** What moved, a line for each way to divide the incident; none where nothing stands out. */
export function breakdownLines(breakdown: Breakdown, direction: Direction, series: Measured): Text[] {
  const { apps, segments, metrics, whole } = breakdown;
  return [
    ...appsLine(attributeApps(breakdown, direction), apps, direction, series),
    ...segmentsLine(attribute(segments, whole, direction), direction, series),
    ...metricsLine(metrics),
  ];
}

/** `iOS −41%, 93% of the loss; Android, Web as expected`. */
function appsLine(
  attribution: Attribution | undefined,
  apps: readonly Part[],
  direction: Direction,
  series: Measured,
): Text[] {
  if (!attribution || attribution.moved.length === 0) return [];
  const { moved, asExpected, isAlike } = attribution;
  if (isAlike)
    return [
      text`all ${count(apps.length)} apps alike: ${joined(
        moved.slice(0, MOST_NAMED).map((part) => changeWords(part, series)),
        ", ",
      )}`,
    ];
  const named = moved
    .slice(0, MOST_NAMED)
    .map(
      (part) =>
        text`${changeWords(part, series)}, ${percent(part.share)} of the ${differenceWord[direction]}`,
    );
  const calm = asExpected.length > 0 ? text`; ${namesOf(asExpected)} as expected` : [];
  return [text`${joined(named, "; ")}${calm}`];
}

/** `segment New users −70%, everybody else −12%`. */
function segmentsLine(attribution: Attribution | undefined, direction: Direction, series: Measured): Text[] {
  const [first] = attribution?.moved ?? [];
  if (!attribution || !first || attribution.isAlike) return [];
  const others = attribution.rest.isAsExpected ? "as expected" : (change(attribution.rest) ?? "unknown");
  return [
    text`segment ${changeWords(first, series)}, ${percent(first.share)} of the ${differenceWord[direction]}, everybody else ${others}`,
  ];
}

/** `new users as expected, orders −38%`. */
const metricsLine = (metrics: readonly MetricPart[]): Text[] =>
  metrics.length === 0
    ? []
    : [
        joined(
          metrics.slice(0, MOST_NAMED).map((part) => changeWords(part, part.counted)),
          ", ",
        ),
      ];

const differenceWord = { drop: "loss", spike: "rise" } as const;

/** The change, or the amount where there is no such share, as of revenue below zero. */
const changeWords = (part: Part, series: Measured): Text =>
  text`${name(part.name)} ${part.isAsExpected ? "as expected" : (change(part) ?? `at ${amount(part.observed, series)}`)}`;

function namesOf(names: readonly string[]): Text {
  const shown = joined(
    names.slice(0, MOST_NAMED).map((one) => [name(one)]),
    ", ",
  );
  return names.length > MOST_NAMED ? text`${shown} and ${count(names.length - MOST_NAMED)} more` : shown;
}

const percent = (share: number): string => `${Math.min(100, Math.round(100 * share))}%`;

/** The words of the view that shows all parts. */
export const movedView = { title: "What moved?" } as const;

/** What moved, then every part with its numbers, the largest difference first. */
export function movedText(breakdown: Breakdown | undefined, direction: Direction, series: Measured): Text[] {
  const { apps = [], segments = [], metrics = [] } = breakdown ?? {};
  if (!breakdown || apps.length + segments.length + metrics.length === 0)
    return [
      [
        "No parts are known: no other app is named or watched, no segment of this app is tracked, and no other metric of it is watched. Parts that nobody watches are read while the requests of the week last.",
      ],
    ];
  const lines = breakdownLines(breakdown, direction, series);
  return [
    lines.length > 0 ? joined(lines, "\n") : ["No part stands out."],
    ...listOfParts("Apps", apps, series),
    ...listOfParts("Segments", segments, series),
    ...(metrics.length > 0
      ? [
          text`${strong("Other metrics of this app")}\n${joined(
            metrics.map((part) => text`• ${changeWords(part, part.counted)}`),
            "\n",
          )}`,
        ]
      : []),
  ];
}

/** How many parts a list shows. */
const MOST_LISTED = 20;

function listOfParts(title: string, parts: readonly Part[], series: Measured): Text[] {
  if (parts.length === 0) return [];
  const size = ({ observed, expected }: Part) => Math.abs(observed - expected);
  const lines = parts
    .toSorted((a, b) => size(b) - size(a))
    .slice(0, MOST_LISTED)
    .map(
      (part) =>
        text`• ${changeWords(part, series)}: ${amount(part.observed, series)} vs ${amount(part.expected, series)} expected`,
    );
  return [text`${strong(title)}\n${joined(lines, "\n")}`];
}
