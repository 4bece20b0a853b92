import type { ChartData, ChartPoint } from "../../../src/reports/chart.ts";
import { bucketsBetween, DAY, HOUR, type Unit, WEEK } from "../../../src/time/time.ts";
import { zoneOffset } from "../../../src/time/zone.ts";
import { noon } from "../../support/builders.ts";

interface Season {
  readonly level?: number;
  readonly unit?: Unit;
  readonly zone?: string;
  readonly from: number;
  readonly to: number;
  /** What is counted instead of what was to be expected. */
  readonly counted?: (bucket: number, usual: number) => number | undefined;
}

/** Days and weeks as sessions go, with a little scatter that is the same every time. */
export function season({
  level = 1_200,
  unit = "hour",
  zone = "UTC",
  from,
  to,
  counted,
}: Season): ChartPoint[] {
  return bucketsBetween(from, to, unit).map((bucket, i) => {
    const clock = unit === "day" ? bucket : bucket + zoneOffset(zone, bucket);
    const hour = (clock % DAY) / HOUR;
    const daily = unit === "day" ? 1 : 0.55 + 0.45 * Math.sin(((hour - 9) / 24) * 2 * Math.PI);
    const isWeekend = Math.floor(clock / DAY + 3) % 7 > 4;
    const expected = level * daily * (isWeekend ? 0.8 : 1);
    const spread = 0.08 * expected + 1.2 * Math.sqrt(expected);
    const usual = Math.max(0, Math.round(expected + 0.4 * spread * Math.sin(i * 2.7) * Math.cos(i * 1.3)));
    const observed = counted ? counted(bucket, usual) : usual;
    return {
      bucket,
      ...(observed !== undefined && { observed }),
      expected,
      low: Math.max(0, expected - spread),
      high: expected + spread,
    };
  });
}

const at = (hours: number) => noon + hours * HOUR;
const within = (bucket: number, from: number, to: number) => bucket >= from && bucket <= to;

const plain = { unit: "hour", zone: "Europe/Berlin", incidents: [], holidays: [] } as const;
const span = { from: at(-66), to: at(5), zone: "Europe/Berlin" };
const midnight = Date.UTC(2026, 5, 16);
const monday = Date.UTC(2026, 4, 25);
const autumn = Date.UTC(2026, 9, 24, 10);

/** Charts as people meet them, and as they hopefully never do. */
export const scenes: Record<string, ChartData> = {
  group: {
    ...plain,
    title: ["iOS"],
    points: season({ ...span, counted: (b, n) => (b >= at(2) ? Math.round(n * 0.1) : n) }),
    incidents: [{ from: at(2), to: at(5), direction: "drop" }],
    panels: [
      {
        title: ["Android"],
        points: season({ ...span, level: 40_000, counted: (b, n) => (b >= at(2) ? 0 : n) }),
        incidents: [{ from: at(2), to: at(5), direction: "drop" }],
      },
      {
        title: ["iOS", "New users"],
        points: season({ ...span, level: 8, counted: (b, n) => (b >= at(4) ? undefined : n) }),
        incidents: [{ from: at(3), to: at(5), direction: "drop" }],
      },
    ],
  },
  drop: {
    ...plain,
    title: ["iOS", "New users"],
    points: season({ ...span, counted: (b, n) => (b >= at(2) ? Math.round(n * 0.49) : n) }),
    incidents: [{ from: at(2), to: at(5), direction: "drop" }],
  },
  releases: {
    ...plain,
    title: ["iOS"],
    points: season({ ...span, counted: (b, n) => (b >= at(2) ? Math.round(n * 0.49) : n) }),
    incidents: [{ from: at(2), to: at(5), direction: "drop" }],
    changes: [
      { name: "Backend <b>deployed</b> 🚀", time: at(-40) },
      { name: "iOS 5.2 released", time: at(1.2) },
    ],
  },
  outage: {
    ...plain,
    title: ["Android"],
    points: season({ ...span, level: 48_000, counted: (b, n) => (within(b, at(-3), at(0)) ? 0 : n) }),
    incidents: [{ from: at(-3), to: at(0), direction: "drop" }],
  },
  spike: {
    ...plain,
    title: ["Web", "Newsletter readers"],
    points: season({ ...span, counted: (b, n) => (within(b, at(-30), at(-28)) ? n * 3 : n) }),
    incidents: [{ from: at(-30), to: at(-28), direction: "spike" }],
  },
  days: {
    ...plain,
    unit: "day",
    title: ["iOS", "Everybody"],
    points: season({
      unit: "day",
      level: 31_000,
      from: midnight - 41 * DAY,
      to: midnight,
      counted: (b, n) => (b >= midnight - DAY ? Math.round(n * 0.6) : n),
    }),
    incidents: [{ from: midnight - DAY, to: midnight, direction: "drop" }],
    holidays: [{ from: monday, to: monday }],
  },
  gaps: {
    ...plain,
    title: ["iOS", "Schlüsselkunden"],
    points: season({
      ...span,
      counted: (b, n) =>
        within(b, at(-40), at(-33)) || within(b, at(-12), at(-10)) || within(b, at(-8), at(-5))
          ? undefined
          : n,
    }).map((point) => {
      if (!within(point.bucket, at(-38), at(-36))) return point;
      return { bucket: point.bucket };
    }),
  },
  "change-of-clocks": {
    ...plain,
    title: ["iOS"],
    points: season({ ...span, from: autumn - 40 * HOUR, to: autumn + 31 * HOUR }),
  },
  "low-counts": {
    ...plain,
    title: ["watchOS", "Beta"],
    points: season({ ...span, level: 3 }),
  },
  "huge-counts": {
    ...plain,
    zone: "America/Argentina/Buenos_Aires",
    title: ["All apps"],
    points: season({ ...span, level: 940_000_000 }),
  },
  "all-zeros": {
    ...plain,
    title: ["Symbian"],
    points: bucketsBetween(span.from, span.to, "hour").map((bucket) => ({
      bucket,
      observed: 0,
      expected: 0,
      low: 0,
      high: 0,
    })),
  },
  holiday: {
    ...plain,
    title: ["iOS", "New users"],
    points: season(span),
    holidays: [{ from: at(-38), to: at(-15) }],
  },
  weeks: {
    ...plain,
    title: ["iOS", "New users"],
    points: season({
      ...span,
      from: at(1) - 8 * WEEK,
      to: at(0),
      counted: (b, n) =>
        within(b, at(-900), at(-890)) ? Math.round(n * 0.3) : within(b, at(-300), at(-296)) ? n * 2 : n,
    }),
    incidents: [
      { from: at(-900), to: at(-890), direction: "drop" },
      { from: at(-300), to: at(-296), direction: "spike" },
    ],
  },
  everything: {
    ...plain,
    title: ["A name that is rather long", "and a segment that is longer still"],
    points: season({
      ...span,
      counted: (b, n) =>
        within(b, at(-50), at(-48))
          ? n * 2
          : within(b, at(-26), at(-20))
            ? undefined
            : b >= at(-2)
              ? n / 2
              : n,
    }),
    incidents: [
      { from: at(-50), to: at(-48), direction: "spike" },
      { from: at(-2), to: at(5), direction: "drop" },
    ],
    holidays: [{ from: at(-38), to: at(-15) }],
  },
  refunds: {
    ...plain,
    title: ["Web"],
    series: { metric: "revenue" },
    points: season({ ...span, counted: (b, n) => (b >= at(4) ? -0.8 * n - 0.5 : n) }),
    incidents: [{ from: at(4), to: at(5), direction: "drop" }],
  },
  ratio: {
    ...plain,
    title: ["Web"],
    series: { metric: "events", item: "Order Completed with a gift card", per: {} },
    points: season({ ...span, counted: (b, n) => (b >= at(3) ? n * 0.4 : n) }).map(
      ({ bucket, ...values }) => ({
        bucket,
        ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, value / 10_000])),
      }),
    ),
    incidents: [{ from: at(3), to: at(5), direction: "drop" }],
  },
  "first-hour": { ...plain, title: ["iOS"], points: [{ bucket: noon, observed: 12 }] },
  nothing: { ...plain, title: ["日本語"], points: [] },
};
