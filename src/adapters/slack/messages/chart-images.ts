import { metricOf } from "../../../metrics/metrics.ts";
import type { ChartImageRenderer } from "../../../pipeline/ports/charts.ts";
import type { Block } from "../../../pipeline/ports/messages.ts";
import { type ChartData, type ChartPoint, ceilingOf, floorOf } from "../../../reports/chart.ts";
import { bucketWords, chartWords, chartLabels as words } from "../../../text/chart.ts";
import { DAY } from "../../../time/time.ts";
import { section } from "../blocks/blocks.ts";
import { cutInside, lengthOf, safeName } from "../blocks/names.ts";
import { highestOf, isKnown, lowestOf, sparkline } from "../blocks/sparklines.ts";

/** The maximum points of Slack's own charts. */
const MOST_POINTS = 20;
/** The maximum characters of its title and axes, and of the name of a line. */
const LONGEST_TITLE = 50;
const LONGEST_NAME = 20;
const MOST_DIGITS = 6;
/** The maximum characters of what is counted beside a row of bars. */
const LONGEST_BARS = 300;
const LONGEST_ALT = 2_000;
/** The maximum bars of a sparkline: as many as fit into one line on a phone. */
const MOST_SPARKS = 24;

/** Charts as Slack shows them: an image, else a chart that Slack draws itself, else a sparkline. */
export const slackChartImages = (): ChartImageRenderer => ({
  image: (id, chart) => ({
    type: "image",
    slack_file: { id },
    alt_text: Array.from(chartWords(chart)).slice(0, LONGEST_ALT).join(""),
  }),
  otherwise: (chart) => [...nativeChart(chart), ...sparkRows(chart)],
});

/** The file that an image block shows. */
export const fileShownBy = ({ slack_file: file }: Block): string | undefined =>
  (file as { id?: string } | undefined)?.id;

/**
 * The newest buckets as one of Slack's line charts. Buckets without a count are omitted, because this chart has no
 * gaps.
 */
function nativeChart(chart: ChartData): Block[] {
  const known = chart.points.filter(({ observed }) => isKnown(observed)).slice(-MOST_POINTS);
  if (known.length < 2) return [];
  const isWhole =
    known.length === chart.points.slice(-known.length).filter(({ observed }) => isKnown(observed)).length;
  const labels = uniqueLabels(known, chart);
  const series = (name: string, of: (point: ChartPoint) => number) => ({
    name,
    data: known.map((point, i) => ({ label: labels[i]!, value: rounded(of(point), chart) })),
  });
  const [floor, ceiling] = [floorOf(known), ceilingOf(known)];
  const band = [
    ...(known.every(({ low }) => isKnown(low))
      ? [series(words.atLeast, ({ low }) => Math.max(low!, floor))]
      : []),
    ...(known.every(({ high }) => isKnown(high))
      ? [series(words.atMost, ({ high }) => Math.min(high!, ceiling))]
      : []),
  ];
  return [
    {
      type: "data_visualization",
      title: titleOf(chart, known.length, isWhole),
      chart: {
        type: "line",
        series: [series(cutInside(words.counted(chart), LONGEST_NAME), ({ observed }) => observed!), ...band],
        axis_config: {
          categories: labels,
          x_label: cutInside(words.axis(chart), LONGEST_TITLE),
          y_label: cutInside(words.counted(chart), LONGEST_TITLE),
        },
      },
    },
  ];
}

/** What is counted, and of when: the name of an event gives way to the rest. */
function titleOf(chart: ChartData, shown: number, isWhole: boolean): string {
  const span = words.span(chart, shown, isWhole);
  return `${cutInside(words.counted(chart), LONGEST_TITLE - lengthOf(span))}${span}`;
}

/** A ratio is mostly below one, and money has cents. */
const rounded = (value: number, { series = {} }: ChartData): number =>
  metricOf(series).kind === "count" ? Math.round(value) : Number(value.toPrecision(MOST_DIGITS));

/**
 * Hours as `14`, days as `16 Jun`: twenty labels fit into one line. Where gaps make hours ambiguous, the day is added.
 */
function uniqueLabels(points: readonly ChartPoint[], chart: ChartData): string[] {
  const whole = points.map(({ bucket }) => bucketWords(bucket, chart));
  const isShort = points.at(-1)!.bucket - points[0]!.bucket < DAY;
  const labels = chart.unit === "day" ? whole.map(withoutWeekday) : isShort ? whole.map(hourOnly) : whole;
  // When the clock is set back, an hour has the same name twice, which Slack's chart refuses.
  return labels.map((label, i) => (labels.indexOf(label) < i ? words.again(label) : label));
}

const hourOnly = (words: string): string => words.slice(-5, -3);
const withoutWeekday = (words: string): string => words.slice(words.indexOf(" ") + 1);

function sparkRows(chart: ChartData): Block[] {
  const { points, unit } = chart;
  const last = points.slice(-MOST_SPARKS);
  if (!last.some(({ observed }) => isKnown(observed))) return [];
  const observed = last.map((point) => point.observed);
  const expected = last.map((point) => point.expected);
  const range = [lowestOf([...observed, ...expected]), highestOf([...observed, ...expected])] as const;
  const usual = expected.some(isKnown) ? `\n\`${sparkline(expected, range)}\` ${words.expectedBars}` : "";
  return [
    {
      ...section(
        `${words.last(last.length, unit)}\n\`${sparkline(observed, range)}\` ${safeName(words.observedBars(chart), LONGEST_BARS)}${usual}`,
      ),
    },
  ];
}
