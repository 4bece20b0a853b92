import { decorate } from "../../decorate.ts";
import { partsOf, ratioPoints } from "../../series/ratio.ts";
import { type SeriesRef, seriesId } from "../../series/series.ts";
import type { Context } from "../context.ts";
import type { SeriesSource } from "../ports/braze.ts";
import { unlessDamaged } from "./unless-damaged.ts";

/**
 * The same source, in which a ratio is made from its parts as they are stored. They are collected before it, each as a
 * series of its own, so that Braze is asked once for a part, whatever is made from it.
 */
export const withRatios = (source: SeriesSource, { series }: Pick<Context, "series">): SeriesSource =>
  decorate(source, {
    async points(fromBraze, ref, from, to) {
      const parts = partsOf(ref);
      if (!parts) return fromBraze();
      const read = (part: SeriesRef) => unlessDamaged(() => series.readHistory(seriesId(part)));
      const [over, under] = await Promise.all(parts.map(read));
      return over && under ? ratioPoints(over.history, under.history, ref.unit, from, to) : [];
    },
  });

/** The same probe, which asks Braze for both parts of a ratio. */
export const probingParts =
  (probe: (series: SeriesRef) => Promise<void>) =>
  async (series: SeriesRef): Promise<void> => {
    for (const part of partsOf(series) ?? [series]) await probe(part);
  };
