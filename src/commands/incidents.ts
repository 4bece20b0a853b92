import { InputError } from "../errors.ts";
import { hasLabel, incidentsOf, withAddresses } from "../pipeline/reports/incidents.ts";
import { KEPT, KEPT_DAYS } from "../settings/limits.ts";
import { incidentsAnswer } from "../text/answers/incidents.ts";
import { DAY } from "../time/time.ts";
import { clockOf } from "./answering.ts";
import { command } from "./command.ts";
import { incidentSearch } from "./grammar/incidents.ts";
import { boundsOf } from "./grammar/period.ts";
import { watchesNamed } from "./named.ts";

/** How far back incidents are listed where no time is named. */
const USUAL = 30 * DAY;

/** How many incidents get a link. A message of Slack has room for fewer. */
const MOST_LINKED = 40;

export const incidents = command({
  group: "look",
  aliases: ["search", "find"],
  meanings: ["past", "drops", "spikes", "anomalies", "labels"],
  about: "The incidents of the last 30 days with their labels and alerts; found by words and by label",
  usage: ["incidents [WATCH or words] [real|expected|false-alarm|new-normal|not labeled] [30d]"],
  examples: ["incidents", "incidents ios false alarm", "incidents not labeled 7d"],
  permission: "look",
  syntax: incidentSearch,
  async run({ words, label, period = {} }, request) {
    const { bot } = request;
    const clock = await clockOf("past", request);
    const [from = clock.now - USUAL, to = clock.now] = boundsOf(period, clock);
    if (from > clock.now) throw new InputError("this time is in the future. Use a time in the past");
    if (from >= to) throw new InputError("that ends before it begins");
    if (from < clock.now - KEPT - DAY) throw new InputError(`incidents are listed for ${KEPT_DAYS} days`);
    const watches = words === undefined ? await bot.watches.all() : await watchesNamed(words, bot);
    const found = (await incidentsOf(watches, from, bot)).filter(
      ({ incident }) => incident.openedAt < to && (label === undefined || hasLabel(incident, label)),
    );
    return incidentsAnswer(await withAddresses(found, MOST_LINKED, bot), {
      from,
      to,
      ...(words !== undefined && { words }),
      ...(label && { label }),
    });
  },
});
