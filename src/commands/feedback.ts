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
import { incidentNamed, watchNamed } from "./named.ts";

const WHICH_INCIDENT = "which incident? Name its watch, or the id at the bottom of its alert";

export const exclude = command({
  group: "calendar",
  aliases: ["ignore"],
  meanings: ["skip", "outage", "maintenance"],
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
  group: "calendar",
  aliases: ["excluded", "ignored"],
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
  group: "calendar",
  aliases: ["unignore"],
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
  group: "respond",
  aliases: ["mark"],
  meanings: [
    "resolve",
    "close",
    "false",
    "false-alarm",
    "real",
    "expected",
    "normal",
    "feedback",
    "fixed",
    "done",
  ],
  about: "Label the last incident of a watch; labels adjust its threshold and what it learns",
  usage: ["label WATCH|INCIDENT real|expected|false-alarm|new-normal|none"],
  examples: ["label ios false alarm", "label ios.drop@2026-11-24T18 real"],
  permission: "change",
  syntax: incidentAndLabel(WHICH_INCIDENT),
  async run({ incident: typed, label }, request) {
    const { actor, bot } = request;
    const incident = await incidentNamed(typed, bot, { isOpen: false });
    return answerTo(await labelIncident(incident, label, actor.user, bot), request);
  },
});

export const ack = command({
  group: "respond",
  aliases: ["acknowledge"],
  meanings: ["resolve", "take", "claim", "assign", "mine"],
  about: "Acknowledge the open incident of a watch; reminders stop",
  usage: ["ack WATCH|INCIDENT"],
  examples: ["ack ios", "ack ios.drop@2026-11-24T18"],
  permission: "change",
  syntax: named("incident", WHICH_INCIDENT),
  async run({ incident: typed }, { actor, bot }) {
    const incident = await incidentNamed(typed, bot, { isOpen: true });
    await bot.permit?.({ kind: "label", incidentId: incident });
    return ackAnswer(incident, await acknowledge(incident, actor.user, bot));
  },
});
