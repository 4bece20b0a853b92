import { z } from "zod";
import { PermanentError } from "../../../errors.ts";
import type { BrazeMetric } from "../../../metrics/metric.ts";
import { partsAt } from "../../../metrics/value-path.ts";
import { HIGHEST_COUNT } from "../../../series/series.ts";

/** Where a row holds the figures of its messages. */
export type Summed = Pick<BrazeMetric, "field"> & Required<Pick<BrazeMetric, "within">>;

const count = z.int().nonnegative();

/**
 * A row whose value is the sum of a field over its parts. It is unknown, not zero, where there are no parts: Braze leaves
 * out a channel that is not used, or writes it as an empty list. A control group sends nothing, and has no such field.
 */
export const summedRow = ({ within, field }: Summed) =>
  z.looseObject({ time: z.string() }).transform((row, { addIssue }) => {
    const parts = partsAt(row, within).filter((part) => !isControlGroup(part, field));
    const counts = parts.map((part) => count.safeParse(isObject(part) ? part[field] : undefined));
    if (counts.some(({ success }) => !success)) {
      addIssue(`a part has no whole number "${field}"`);
      return z.NEVER;
    }
    const sum = counts.reduce((sum, { data = 0 }) => sum + data, 0);
    return {
      time: row.time,
      value: parts.length > 0 && sum <= HIGHEST_COUNT ? sum : undefined,
      others: parts.length > 0 ? [] : channelsIn(row, { within }),
    };
  });

const isControlGroup = (part: unknown, field: string): boolean =>
  isObject(part) &&
  (part[field] ?? undefined) === undefined &&
  ("enrolled" in part || part.variation_name === "Control Group");

/** The channels of a row that hold anything, beside those that are summed. */
function channelsIn(row: unknown, { within }: Pick<Summed, "within">): string[] {
  const place = within.findIndex((step) => typeof step !== "string");
  if (place < 0) return [];
  const wanted = [within[place] ?? []].flat();
  return partsAt(row, within.slice(0, place)).flatMap((channels) =>
    isObject(channels)
      ? Object.entries(channels).flatMap(([name, of]) =>
          Array.isArray(of) && of.length > 0 && !wanted.includes(name) ? [name] : [],
        )
      : [],
  );
}

/** Throws PermanentError where all that the rows have is of other channels. */
export function refuseOtherChannels(
  rows: readonly { readonly value?: number | undefined; readonly others: readonly string[] }[],
  { noun, item }: Pick<BrazeMetric, "noun" | "item">,
): void {
  const others = [...new Set(rows.flatMap((row) => row.others))];
  if (others.length === 0 || rows.some(({ value }) => value !== undefined)) return;
  throw new PermanentError(
    `Braze has no ${noun[1]} of this ${item?.noun}: its messages are of ${others.join(", ")}`,
    {
      failure: "braze-unknown-id",
      advice: `Watch a figure of a channel that the ${item?.noun} has, or all its sends.`,
    },
  );
}

const isObject = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null;
