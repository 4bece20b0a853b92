import type { Answer } from "../../../src/adapters/slack/commands/answer.ts";
import type { TypedWatch } from "../../../src/adapters/slack/commands/command.ts";
import { auditAnswer, previewAnswer, whyAnswer } from "../../../src/adapters/slack/commands/looking.ts";
import { instantOf, type Moment } from "../../../src/adapters/slack/commands/moment.ts";
import { statusAnswer } from "../../../src/adapters/slack/commands/standing.ts";
import { InputError } from "../../../src/errors.ts";
import { backlogOf } from "../../../src/health/backlog.ts";
import { takeSnapshot } from "../../../src/pipeline/health/snapshot.ts";
import { mutesInForce } from "../../../src/pipeline/notifying/suppression.ts";
import { auditOf } from "../../../src/pipeline/reports/audit.ts";
import { preview as previewWatch } from "../../../src/pipeline/reports/preview.ts";
import { review } from "../../../src/pipeline/reports/weekly-review.ts";
import { explainBucket } from "../../../src/pipeline/reports/why.ts";
import { lastWeek } from "../../../src/reports/review-due.ts";
import { seriesId } from "../../../src/series/series.ts";
import { isChangeOf } from "../../../src/settings/affected-channels.ts";
import { explainInWords } from "../../../src/text/why.ts";
import { bucketAt } from "../../../src/time/calendar.ts";
import { stepOf } from "../../../src/time/time.ts";
import type { Actor, SlackContext } from "../context.ts";
import { watchNamed } from "./named.ts";
import { zoneOf } from "./order.ts";
import { requested } from "./watching.ts";

/** `status`: open incidents, health issues, delays and mutes. */
export async function status({ bot }: SlackContext): Promise<Answer> {
  const [watches, healthIssues, mutes, facts] = await Promise.all([
    bot.watches.all(),
    bot.healthIssues.all(),
    mutesInForce(bot),
    takeSnapshot(bot, []),
  ]);
  const live = await Promise.all(
    watches.map(async (watch) =>
      (await bot.incidents.live(watch.id)).map((incident) => [incident, watch] as const),
    ),
  );
  return statusAnswer({
    watches,
    open: live.flat().filter(([{ resolvedAt }]) => resolvedAt === undefined),
    healthIssues: healthIssues.filter(({ overAt }) => overAt === undefined),
    mutes,
    standing: backlogOf(facts),
  });
}

/** `why WATCH [WHEN]`: hours by the asking person's clock, as messages show them; days by their dates. */
export async function why(
  name: string,
  at: Moment | undefined,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const { bot } = context;
  const watch = await watchNamed(name, bot);
  const { zone: ofSeries, unit } = (await bot.profiles())(seriesId(watch.series));
  const zone = unit === "hour" ? await zoneOf(actor, context) : ofSeries;
  const bucket = at && bucketAt(instantOf(at, 0, { now: bot.clock(), zone, toward: "past" }), unit, zone);
  const { explanation } = await explainBucket(watch, bucket, bot);
  return whyAnswer(watch, explainInWords(explanation, unit, zone));
}

/** `preview WATCH [settings]`: what the watch would have alerted on, with its settings or with others. */
export async function preview(name: string, typed: TypedWatch, context: SlackContext): Promise<Answer> {
  const watch = await watchNamed(name, context.bot);
  return previewAnswer(watch, await previewWatch(await requested(typed, watch, context), {}, context.bot));
}

/** The maximum buckets in an audit list. */
const MOST_BUCKETS = 24 * 7;

/** `audit WATCH [SINCE]`: the result of each bucket; without a time the newest 24. */
export async function audit(
  name: string,
  since: Moment | undefined,
  actor: Actor,
  context: SlackContext,
): Promise<Answer> {
  const { bot } = context;
  const watch = await watchNamed(name, bot);
  const { unit } = watch.series;
  const step = stepOf(unit);
  const now = bot.clock();
  const zone = await zoneOf(actor, context);
  const to = bucketAt(now, unit, zone) - step;
  const begin = since
    ? bucketAt(instantOf(since, 0, { now, zone, toward: "past" }), unit, zone)
    : to - 23 * step;
  const from = Math.max(begin, to - (MOST_BUCKETS - 1) * step);
  if (from > to) throw new InputError("this time is in the future. Use a time in the past");
  const changes = (await bot.changes.since(from)).filter(({ changed }) =>
    isChangeOf(changed, watch.id, seriesId(watch.series)),
  );
  return auditAnswer(watch, await auditOf(watch.id, from, to, bot), changes);
}

/**
 * `digest`: the review of the last seven full days for the channel, or for everything if the channel has no watches.
 */
export async function digest({ channel }: Actor, { bot }: SlackContext): Promise<Answer> {
  const isNotified = (await bot.watches.all()).some((watch) => watch.channel === channel);
  const week = lastWeek(bot.clock(), bot.reviewing.zone);
  const [root] = bot.reviewRenderer(await review(week, bot, isNotified ? channel : undefined));
  return root!;
}
