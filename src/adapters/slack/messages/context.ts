import type { AlertContext, Alike } from "../../../notifications/context.ts";
import type { Notification } from "../../../notifications/notification.ts";
import { watchTitle } from "../../../settings/watch.ts";
import { safeName } from "../blocks/names.ts";
import { count } from "../blocks/numbers.ts";
import { localTime } from "../blocks/when.ts";

/** The context of an incident, one line each, so that people can guess its cause. */
export function contextLines({
  incident,
  watch,
  alertContext,
}: Pick<Notification, "incident" | "watch" | "alertContext">): string[] {
  if (!alertContext) return [];
  const went = directionWords[incident.direction];
  const series = `series of ${safeName(watch.appName, 40)}`;
  return [
    ...unreadable(alertContext),
    ...alertContext.planned.slice(0, 3).map((name) => `Planned for this time: ${safeName(name, 60)}`),
    ...dayLine(alertContext),
    ...alikeLine(alertContext.relatedSeries, went, series, series),
    ...alikeLine(alertContext.otherApps, went, "app", "apps"),
  ];
}

const directionWords = { drop: { go: "fall", went: "fell" }, spike: { go: "rise", went: "rose" } } as const;
type Went = (typeof directionWords)[keyof typeof directionWords];

const unreadable = ({ unreadableSince }: AlertContext): string[] =>
  unreadableSince === undefined
    ? []
    : [`Braze cannot be read since ${localTime(unreadableSince)}: newer hours are not known yet`];

function dayLine({ day }: AlertContext): string[] {
  if (day === "ordinary") return [];
  return [day === "holiday" ? "It is a public holiday" : "It is the day between a holiday and a weekend"];
}

/** `2 of the 3 other series of iOS fell too: New users, Paying`, or that none did. */
function alikeLine({ watched, alike }: Alike, went: Went, one: string, many: string): string[] {
  if (watched === 0) return [];
  const others = `the ${count(watched)} other ${many}`;
  if (alike.length === 0)
    return [watched === 1 ? `The other ${one} did not ${went.go}` : `None of ${others} ${went.went}`];
  const names = alike.slice(0, 3).map((watch) => safeName(watch.segmentName ?? watchTitle(watch), 40));
  const more = alike.length > 3 ? ` and ${count(alike.length - 3)} more` : "";
  const which = watched === 1 ? `The other ${one}` : `${count(alike.length)} of ${others}`;
  return [`${which} ${went.went} too: ${names.join(", ")}${more}`];
}
