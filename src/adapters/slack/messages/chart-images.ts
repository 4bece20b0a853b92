import type { ChartImageRenderer } from "../../../pipeline/ports/charts.ts";
import type { Block } from "../../../pipeline/ports/messages.ts";
import { type ChartData, type ChartPoint, ceilingOf } from "../../../reports/chart.ts";
import { bucketWords, chartWords, chartLabels as words } from "../../../text/chart.ts";
import { DAY } from "../../../time/time.ts";
import { section } from "../blocks/blocks.ts";
import { highestOf, isCount, sparkline } from "../blocks/sparklines.ts";

/** The maximum points of Slack's own charts. */
const MOST_POINTS = 20;
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
  const known = chart.points.filter(({ observed }) => isCount(observed)).slice(-MOST_POINTS);
  if (known.length < 2) return [];
  const isWhole =
    known.length === chart.points.slice(-known.length).filter(({ observed }) => isCount(observed)).length;
  const labels = uniqueLabels(known, chart);
  const series = (name: string, of: (point: ChartPoint) => number) => ({
    name,
    data: known.map((point, i) => ({ label: labels[i]!, value: Math.round(of(point)) })),
  });
  const ceiling = ceilingOf(known);
  const band = [
    ...(known.every(({ low }) => isCount(low)) ? [series(words.atLeast, ({ low }) => low!)] : []),
    ...(known.every(({ high }) => isCount(high))
      ? [series(words.atMost, ({ high }) => Math.min(high!, ceiling))]
      : []),
  ];
  return [
    {
      type: "data_visualization",
      title: words.title(chart, known.length, isWhole),
      chart: {
        type: "line",
        series: [series(words.counted(chart), ({ observed }) => observed!), ...band],
        axis_config: {
          categories: labels,
          x_label: words.axis(chart).slice(0, 50),
          y_label: words.counted(chart),
        },
      },
    },
  ];
}

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
  if (!last.some(({ observed }) => isCount(observed))) return [];
  const observed = last.map((point) => point.observed);
  const expected = last.map((point) => point.expected);
  const highest = highestOf([...observed, ...expected]);
  const usual = expected.some(isCount) ? `\n\`${sparkline(expected, highest)}\` ${words.expectedBars}` : "";
  return [
    {
      ...section(
        `${words.last(last.length, unit)}\n\`${sparkline(observed, highest)}\` ${words.observedBars(chart)}${usual}`,
      ),
    },
  ];
}
