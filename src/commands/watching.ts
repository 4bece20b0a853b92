import { InputError } from "../errors.ts";
import { metricOf } from "../metrics/metrics.ts";
import { addWatch, editWatch, removeWatch } from "../pipeline/actions/watch.ts";
import { requestOf, type WatchRequest } from "../pipeline/actions/watch-request.ts";
import { dataStatesNow } from "../pipeline/health/snapshot.ts";
import { seriesId } from "../series/series.ts";
import { defaultRules, type Watch } from "../settings/watch.ts";
import { listAnswer, showAnswer } from "../text/answers/watches.ts";
import { answerTo } from "./answering.ts";
import { withChannelIssue } from "./channel-issue.ts";
import { command, type Request } from "./command.ts";
import type { TypedWatch } from "./grammar/setting-table.ts";
import { settingsAfterName, someSettings } from "./grammar/settings.ts";
import { named, namedThen, nothing } from "./grammar/syntax.ts";
import { watchNamed } from "./named.ts";
import { seriesNamed } from "./series-named.ts";

/** A new watch, in the channel in which it is typed unless another is named. */
export const watch = command({
  group: "setup",
  aliases: ["add", "new", "create"],
  meanings: ["monitor", "start", "begin", "follow", "subscribe", "track"],
  about: "Add a watch on a metric or a ratio of two; without settings, opens a form",
  usage: [
    'watch [METRIC] [/ METRIC] [event:"NAME"] [product:"NAME"] [campaign:"NAME"] [canvas:"NAME"] [app:ID] [segment:"NAME"] [#CHANNEL] [drop|spike|both] [sensitivity:low|normal|high|2/month] [unit:hour|day] [min-change:10%] [min-count:50] [quiet:22-7] [quiet-days:mon-fri] [quiet-critical:yes] [@OWNER] [runbook:https://…] [name:"APP NAME"] [workspace:NAME]',
  ],
  examples: [
    "watch app:iOS drop sensitivity:high",
    'watch event:"Order Completed" app:iOS',
    "watch revenue",
    'watch "Order Completed" / sessions app:iOS',
    'watch sends campaign:"Summer Sale"',
    "watch app:ios segment:New users quiet:22-7",
  ],
  permission: "change",
  syntax: someSettings,
  async run({ settings: typed = noSettings() }, request) {
    const { actor, bot } = request;
    // Nobody else sees a direct message.
    const here = actor.channel === "" || actor.channel.startsWith("D") ? {} : { channel: actor.channel };
    const wanted = await requested({ ...here, ...typed }, undefined, request);
    const answer = await answerTo(await addWatch(wanted, actor.user, bot), request);
    return withChannelIssue(answer, wanted.channel, request);
  },
});

export const list = command({
  group: "look",
  aliases: ["watches", "ls"],
  meanings: ["all", "monitors"],
  about: "All watches",
  usage: ["list"],
  examples: ["list"],
  permission: "look",
  syntax: nothing,
  run: async (_, { bot }) => listAnswer(await bot.watches.all(), await dataStatesNow(bot)),
});

export const show = command({
  group: "look",
  aliases: ["info"],
  meanings: ["describe", "settings", "config", "configuration", "details"],
  about: "One watch with all its settings",
  usage: ["show WATCH"],
  examples: ["show ios"],
  permission: "look",
  syntax: named("watch", "which watch?"),
  async run({ watch: name }, { bot }) {
    const watch = await watchNamed(name, bot);
    return showAnswer(watch, (await dataStatesNow(bot)).get(seriesId(watch.series)) ?? {});
  },
});

/** Sets what is named. Everything else stays, including a simultaneous edit by somebody else. */
export const edit = command({
  group: "setup",
  aliases: ["update"],
  meanings: ["sensitivity", "threshold", "rename", "configure", "settings", "move", "owner", "set"],
  about: "Change a watch; without settings, opens a form",
  usage: ["edit WATCH [sensitivity:low] [#CHANNEL] [quiet:none] …"],
  examples: ["edit ios sensitivity:low", "edit New users quiet:none"],
  permission: "change",
  syntax: namedThen("watch", "which watch?", settingsAfterName),
  async run({ watch, settings: typed = noSettings() }, request) {
    const { actor, bot } = request;
    const { id } = await watchNamed(watch, bot);
    const laidOver = (before: Watch) => requested(typed, before, request);
    const made = await editWatch(id, laidOver, actor.user, bot);
    return withChannelIssue(await answerTo(made, request), made.changed.after.channel, request);
  },
});

export const remove = command({
  group: "setup",
  aliases: ["delete", "unwatch"],
  meanings: ["stop", "disable", "cancel", "unsubscribe", "end"],
  about: "Remove a watch",
  usage: ["remove WATCH"],
  examples: ["remove ios"],
  permission: "change",
  syntax: named("watch", "which watch?"),
  async run({ watch }, request) {
    const { id } = await watchNamed(watch, request.bot);
    return answerTo(await removeWatch(id, request.actor.user, request.bot), request);
  },
});

/** Slack opens a form instead. */
function noSettings(): never {
  throw new InputError("which settings? Example: sensitivity:high");
}

/** The typed settings, applied to the current ones; `null` removes. */
export async function requested(
  typed: TypedWatch,
  before: Watch | undefined,
  { bot }: Pick<Request, "bot">,
): Promise<WatchRequest> {
  const { workspace: _, campaign: __, canvas: ___, ...plain } = typed;
  const base: Partial<WatchRequest> = before ? requestOf(before) : {};
  const series = await seriesNamed(typed, base, bot);
  const { appName, segmentName } = typed;
  const per = series.per === undefined ? base.per : series.per;
  const {
    units,
    direction,
    minRelativeChange = defaultRules.minRelativeChange,
  } = metricOf({
    metric: series.metric,
    ...(series.item != null && { item: series.item }),
    ...(per && { per }),
  });
  const usual = units.find((unit) => unit === base.unit) ?? units[0];
  const request = {
    direction,
    minRelativeChange,
    ...base,
    ...plain,
    ...series,
    unit: typed.unit ?? usual,
    ...(appName !== undefined && { appName }),
    ...(segmentName !== undefined && { segmentName }),
  };
  if (!request.channel) throw new InputError("which channel gets the alerts? Add channel:#CHANNEL");
  return Object.fromEntries(
    Object.entries(request).filter(([, value]) => value !== null && value !== undefined),
  ) as unknown as WatchRequest;
}
