import { metricNameOf } from "../metrics/metrics.ts";
import type { AlertContext, Alike } from "../notifications/context.ts";
import type { Notification } from "../notifications/notification.ts";
import { type Watch, watchTitle } from "../settings/watch.ts";
import { count } from "./numbers.ts";
import { joined, name, type Text, text, time } from "./text.ts";

/** The context of an incident, one line each, so that people can guess its cause. */
export function contextLines({
  incident,
  watch,
  alertContext,
}: Pick<Notification, "incident" | "watch" | "alertContext">): Text[] {
  if (!alertContext) return [];
  const went = directionWords[incident.direction];
  const series = text`series of ${name(watch.appName)}`;
  return [
    ...unreadable(alertContext),
    ...alertContext.planned.slice(0, 3).map((planned) => text`Planned event: ${name(planned)}`),
    ...dayLine(alertContext),
    ...alikeLine(alertContext.relatedSeries, went, series, series),
    ...alikeLine(alertContext.otherApps, went, text`app`, text`apps`),
  ];
}

const directionWords = { drop: { go: "fall", went: "fell" }, spike: { go: "rise", went: "rose" } } as const;
type Went = (typeof directionWords)[keyof typeof directionWords];

const unreadable = ({ unreadableSince }: AlertContext): Text[] =>
  unreadableSince === undefined
    ? []
    : [
        text`Tidewatch has not been able to read Braze since ${time(unreadableSince)}: later hours are not known yet`,
      ];

function dayLine({ day }: AlertContext): Text[] {
  if (day === "ordinary") return [];
  return [[day === "holiday" ? "Public holiday" : "Day between a public holiday and a weekend"]];
}

/** `2 of the 3 other series of iOS fell too: New users, Paying`, or that none did. */
function alikeLine({ watched, alike }: Alike, went: Went, one: Text, many: Text): Text[] {
  if (watched === 0) return [];
  const others = text`the ${count(watched)} other ${many}`;
  if (alike.length === 0)
    return [watched === 1 ? text`The other ${one} did not ${went.go}` : text`None of ${others} ${went.went}`];
  const more = alike.length > 3 ? ` and ${count(alike.length - 3)} more` : "";
  const which = watched === 1 ? text`The other ${one}` : text`${count(alike.length)} of ${others}`;
  return [text`${which} ${went.went} too: ${joined(alike.slice(0, 3).map(nameOf), ", ")}${more}`];
}

const nameOf = (watch: Watch): Text => [
  name(
    metricNameOf(watch.series) === "sessions" && watch.segmentName ? watch.segmentName : watchTitle(watch),
  ),
];
