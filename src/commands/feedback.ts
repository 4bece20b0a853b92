import { InputError } from "../errors.ts";
import { acknowledge } from "../pipeline/actions/acknowledge.ts";
import { exclude as excludeHours, include as includeHours } from "../pipeline/actions/exclude.ts";
import { labelIncident } from "../pipeline/actions/label.ts";
import { seriesId } from "../series/series.ts";
import { ackAnswer, exclusionsAnswer } from "../text/answers/feedback.ts";
import { answerTo, bucketClock } from "./answering.ts";
import { command } from "./command.ts";
import { incidentAndLabel } from "./grammar/label.ts";
import { boundsOf, periodAfterName } from "./grammar/period.ts";
import { lastWord, named, namedThen } from "./grammar/syntax.ts";
import { watchNamed } from "./named.ts";

const WHICH_INCIDENT = "which incident? See the id at the bottom of its alert";

export const exclude = command({
  about: "Exclude hours: they do not alert and are not learned",
  usage: ["exclude WATCH 2026-11-24 18:00-21:00|yesterday 8-12|2026-11-24 18:00 - 2026-11-25 03:00"],
  examples: ["exclude ios yesterday 8-12", "exclude ios 2026-11-24 18:00-21:00"],
  permission: "change",
  syntax: namedThen("watch", "which watch?", periodAfterName),
  async run({ watch: name, period }, request) {
    const { actor, bot } = request;
    const watch = await watchNamed(name, bot);
    const [from, to = bot.clock()] = boundsOf(period, await bucketClock(watch, request));
    if (from === undefined) throw new InputError("from when to when?");
    return answerTo(await excludeHours({ watchId: watch.id, from, to, by: actor.user }, bot), request);
  },
});

export const exclusions = command({
  about: "The excluded hours of a watch",
  usage: ["exclusions WATCH"],
  examples: ["exclusions ios"],
  permission: "look",
  syntax: named("watch", "which watch?"),
  async run({ watch: name }, { bot }) {
    const watch = await watchNamed(name, bot);
    return exclusionsAnswer(watch, await bot.exclusions.of(seriesId(watch.series)));
  },
});

export const include = command({
  about: "End an exclusion: the hours count again",
  usage: ["include WATCH EXCLUSION"],
  examples: ["include ios 2026-11-24T18/2026-11-24T20"],
  permission: "change",
  syntax: namedThen(
    "watch",
    "which watch?",
    lastWord("exclusion", "which exclusion? See its id in `/tidewatch exclusions WATCH`"),
  ),
  async run({ watch: name, exclusion }, request) {
    const { id } = await watchNamed(name, request.bot);
    return answerTo(await includeHours(id, exclusion, request.actor.user, request.bot), request);
  },
});

/** Without a label the current one is removed. */
export const label = command({
  about: "Label an incident; labels adjust the threshold and what is learned",
  usage: ["label INCIDENT real|expected|false-alarm|new-normal|none"],
  examples: ["label ios.drop@2026-11-24T18 real"],
  permission: "change",
  syntax: incidentAndLabel(WHICH_INCIDENT),
  run: async ({ incident, label }, request) =>
    answerTo(await labelIncident(incident, label, request.actor.user, request.bot), request),
});

export const ack = command({
  aliases: ["acknowledge"],
  about: "Acknowledge an incident; reminders stop",
  usage: ["ack INCIDENT"],
  examples: ["ack ios.drop@2026-11-24T18"],
  permission: "change",
  syntax: named("incident", WHICH_INCIDENT),
  async run({ incident }, { actor, bot }) {
    await bot.permit?.({ kind: "label", incidentId: incident });
    return ackAnswer(incident, await acknowledge(incident, actor.user, bot));
  },
});
