import type { Member } from "../../incidents/alert-group.ts";
import type { Surroundings } from "../../notifications/notification.ts";
import { seriesId } from "../../series/series.ts";
import type { Context } from "../context.ts";

/** What else of the workspace is watched for the channel, and the zones of its watches. */
export async function surroundingsOf(
  [first]: readonly Member[],
  { watches, profiles }: Pick<Context, "watches" | "profiles">,
): Promise<Surroundings> {
  const { series, channel } = first!.watch;
  const [all, profileOf] = await Promise.all([watches.all(), profiles()]);
  const mates = all.filter(
    (watch) => watch.series.workspace === series.workspace && watch.channel === channel,
  );
  return {
    watched: {
      apps: new Set(mates.map((watch) => watch.series.app ?? "all")).size,
      watches: mates.filter(({ series: { unit } }) => unit === series.unit).length,
    },
    zoneOf: (watch) => profileOf(seriesId(watch.series)).zone,
  };
}
