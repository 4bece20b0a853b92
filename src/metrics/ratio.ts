import type { Metric } from "./metric.ts";

/** One part of a ratio: its metric, and what one of it is called (`Order Completed`, `session`). */
export interface Part {
  readonly metric: Metric;
  readonly title: string;
  readonly one: string;
  readonly many: string;
}

/**
 * What a ratio of two metrics counts. Neither its season nor its range follows from theirs: it is evaluated by itself.
 * @example ratioOf(orders, sessions).title; // => "Order Completed per session"
 */
export function ratioOf(over: Part, under: Part): Metric {
  const [a, b] = [over.metric, under.metric];
  const units = a.units.filter((unit) => b.units.includes(unit));
  const snapshotAt = Math.max(a.snapshotAt ?? 0, b.snapshotAt ?? 0);
  const isMoney = a.kind === "money";
  const isShare = a === b ? a.item?.isRequired !== true : a.isOfUsers === true && b.isOfUsers === true;
  const note = a.note ?? b.note;
  return {
    units: units as [(typeof units)[number], ...typeof units],
    hasApp: a.hasApp && b.hasApp,
    segment: segmentOf(a, b),
    kind: isMoney ? "money-ratio" : "ratio",
    ...(snapshotAt > 0 && { snapshotAt }),
    direction: "both",
    title: `${over.title} per ${under.one}`,
    noun: [`${over.one} per ${under.one}`, `${over.many} per ${under.one}`],
    per: under.one,
    ...(isShare ? { isShare } : a.sign && b.kind !== "money" && { sign: a.sign }),
    ...(note !== undefined && { note }),
  };
}

function segmentOf(a: Metric, b: Metric): Metric["segment"] {
  const both = [a.segment, b.segment];
  if (both.includes("none")) return "none";
  return both.includes("required") ? "required" : "optional";
}
