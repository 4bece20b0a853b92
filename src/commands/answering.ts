import type { Made } from "../pipeline/changes/change.ts";
import { seriesId } from "../series/series.ts";
import type { Watch } from "../settings/watch.ts";
import type { Answer } from "../text/answers/answer.ts";
import { changedAnswer, unchangedAnswer } from "../text/answers/changes.ts";
import type { Request } from "./command.ts";
import type { Clockwork } from "./grammar/moment.ts";

/** Answers the author of a change. */
export async function answerTo({ changed, change }: Made, { bot }: Pick<Request, "bot">): Promise<Answer> {
  const watches = await bot.watches.all();
  return change ? changedAnswer(change, watches) : unchangedAnswer(changed, watches);
}

/** The clock by which somebody means a time. */
export const clockOf = async (toward: Clockwork["toward"], request: Request): Promise<Clockwork> => ({
  now: request.bot.clock(),
  zone: await zoneOf(request),
  toward,
});

/** The same for the buckets of a watch: hours by the person's clock, as messages show them; days by their dates. */
export async function bucketClock(watch: Watch, request: Request): Promise<Clockwork> {
  const { unit, zone } = (await request.bot.profiles())(seriesId(watch.series));
  return unit === "hour" ? clockOf("past", request) : { now: request.bot.clock(), zone, toward: "past" };
}

/** The zone of the command line; in Slack that of the person, otherwise that of the first workspace. */
async function zoneOf({ actor, bot, log }: Request): Promise<string> {
  if (actor.terminal) return actor.terminal.zone;
  const usual = bot.workspaces[0]?.zone ?? "UTC";
  try {
    return (await bot.people.person(actor.user)).zone ?? usual;
  } catch (error) {
    log.debug({ error: String(error) }, "console.zone-unknown");
    return usual;
  }
}
