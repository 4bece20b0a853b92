import { InputError } from "../errors.ts";
import { backlogOf } from "../health/backlog.ts";
import { isListed } from "../health/health-issue.ts";
import { dataStatesOf } from "../health/no-data.ts";
import { takeSnapshot } from "../pipeline/health/snapshot.ts";
import { mutesInForce } from "../pipeline/notifying/suppression.ts";
import { auditOf } from "../pipeline/reports/audit.ts";
import { preview as previewWatch } from "../pipeline/reports/preview.ts";
import { review as reviewOf } from "../pipeline/reports/weekly-review.ts";
import { explainBucket } from "../pipeline/reports/why.ts";
import { lastWeek } from "../reports/review-due.ts";
import { seriesId } from "../series/series.ts";
import { isChangeOf } from "../settings/affected-channels.ts";
import { KEPT, KEPT_DAYS } from "../settings/limits.ts";
import { auditAnswer, previewAnswer, reviewAnswer, whyAnswer } from "../text/answers/looking.ts";
import { statusAnswer } from "../text/answers/status.ts";
import { whyText } from "../text/why.ts";
import { bucketAt } from "../time/calendar.ts";
import { stepOf } from "../time/time.ts";
import { bucketClock, clockOf } from "./answering.ts";
import { command } from "./command.ts";
import { instantOf } from "./grammar/moment.ts";
import { boundsOf, channelThenSince, momentAfterName, sinceAfterName } from "./grammar/period.ts";
import { settingsAfterName } from "./grammar/settings.ts";
import { namedThen, nothing } from "./grammar/syntax.ts";
import { watchNamed } from "./named.ts";
import { requested } from "./watching.ts";

export const status = command({
  group: "look",
  aliases: ["overview"],
  meanings: ["open", "health", "alerts", "dashboard", "home", "now", "ping", "problems", "issues", "stats"],
  about: "Open incidents, health issues, delays and mutes",
  usage: ["status"],
  examples: ["status"],
  permission: "look",
  syntax: nothing,
  async run(_, { bot }) {
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
      healthIssues: healthIssues.filter(isListed),
      mutes,
      data: dataStatesOf(facts),
      backlog: backlogOf(facts),
    });
  },
});

export const why = command({
  group: "look",
  aliases: ["explain"],
  meanings: ["reason", "chart", "graph", "plot", "score", "expected"],
  about: "Why an hour did or did not alert",
  usage: ["why WATCH [9:00 AM|yesterday 2pm|Nov 24 at 9:00|5h]"],
  examples: ["why ios", "why ios yesterday 2pm"],
  permission: "look",
  syntax: namedThen("watch", "which watch?", momentAfterName),
  async run({ watch: name, at }, request) {
    const watch = await watchNamed(name, request.bot);
    const { unit } = watch.series;
    const clock = await bucketClock(watch, request);
    const bucket = at && bucketAt(instantOf(at, 0, clock), unit, clock.zone);
    const { explanation } = await explainBucket(watch, bucket, request.bot);
    return whyAnswer(watch, whyText(explanation, watch.series, clock.zone));
  },
});

/** With the watch's settings, or with others. */
export const preview = command({
  group: "setup",
  aliases: ["backtest"],
  meanings: ["simulate", "try", "forecast"],
  about: "The alerts a watch would have posted in the last 8 weeks",
  usage: ["preview WATCH [sensitivity:high] [drop|spike|both] [min-change:10%] [min-count:50]"],
  examples: ["preview ios", "preview ios sensitivity:high"],
  permission: "look",
  syntax: namedThen("watch", "which watch?", settingsAfterName),
  async run({ watch: name, settings = {} }, request) {
    const watch = await watchNamed(name, request.bot);
    const wanted = await requested(settings, watch, request);
    return previewAnswer(watch, await previewWatch(wanted, {}, request.bot));
  },
});

/** How many buckets an audit lists where no time is named. */
const USUAL_BUCKETS = 24;

export const audit = command({
  group: "look",
  aliases: ["log"],
  meanings: ["history", "checks"],
  about: "The audit log: each hour, its verdict and its notifications",
  usage: ["audit WATCH [7d|yesterday|2026-11-24|since 7d until 1d]"],
  examples: ["audit ios", "audit ios 7d"],
  permission: "look",
  syntax: namedThen("watch", "which watch?", sinceAfterName),
  async run({ watch: name, period = {} }, request) {
    const { bot } = request;
    const watch = await watchNamed(name, bot);
    const { unit } = watch.series;
    const step = stepOf(unit);
    const clock = await clockOf("past", request);
    const newest = bucketAt(clock.now, unit, clock.zone) - step;
    const [begin, end] = boundsOf(period, clock).map(
      (instant) => instant && bucketAt(instant, unit, clock.zone),
    );
    const to = Math.min(end ?? newest, newest);
    const from = begin ?? to - (USUAL_BUCKETS - 1) * step;
    if (from > to)
      throw new InputError(
        end === undefined
          ? "this time is in the future. Use a time in the past"
          : "that ends before it begins",
      );
    if (from < clock.now - KEPT - step) throw new InputError(`the audit log goes back ${KEPT_DAYS} days`);
    const changes = (await bot.changes.since(from)).filter(({ changed }) =>
      isChangeOf(changed, watch.id, seriesId(watch.series)),
    );
    return auditAnswer(watch, await auditOf(watch.id, from, to, bot), changes);
  },
});

/** Of the last seven full days or another time; of a channel, or of everything where the channel has no watches. */
export const review = command({
  group: "look",
  aliases: ["report", "weekly"],
  meanings: ["digest", "summary", "week"],
  about: "The weekly review, for the last 7 days",
  usage: ["review [#CHANNEL] [7d|2026-11-24|since 7d until 1d]"],
  examples: ["review"],
  permission: "look",
  syntax: channelThenSince,
  async run({ channel: named, period }, request) {
    const { actor, bot } = request;
    const { zone } = bot.reviewing;
    const week = lastWeek(bot.clock(), zone);
    const clock = await clockOf("past", request);
    const [from, to = clock.now] = period ? boundsOf(period, clock) : [week.from, week.to];
    if (from !== undefined && from >= to) throw new InputError("that ends before it begins");
    const isNotified = (await bot.watches.all()).some(({ channel }) => channel === actor.channel);
    const channel = named ?? (isNotified ? actor.channel : undefined);
    return reviewAnswer(await reviewOf({ from: from ?? week.from, to }, bot, channel));
  },
});
