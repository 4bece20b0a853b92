import type { Route } from "../notifications/route.ts";
import type { Watch } from "../settings/watch.ts";
import { MINUTE } from "../time/time.ts";
import { counted } from "./numbers.ts";
import { quietSpan, weekdayWords } from "./quiet-hours.ts";
import { channel, code, name, type Text, text } from "./text.ts";
import { scopeTitle } from "./titles.ts";

const LONGEST = 120;

/** What a route is about. @param watches whose names people know */
const scopeText = ({ scope }: Pick<Route, "scope">, watches: readonly Watch[]): Text => {
  if (!scope) return ["every watch"];
  return scope.kind === "channel" ? [channel(scope.channel)] : [name(scopeTitle(scope, watches), LONGEST)];
};

const quietText = ({ from, to, days }: NonNullable<Route["quiet"]>): string =>
  `${quietSpan({ from, to })}${days ? ` ${weekdayWords(days)}` : ""}`;

/** The settings of a route, each with its name. */
export const routeFacts = (
  route: Route,
  watches: readonly Watch[],
): (readonly [name: string, value: Text])[] => [
  ["Sends", scopeText(route, watches)],
  ["To", [code(route.destination)]],
  ["Severity", [severityWords(route)]],
  ["When", [route.unacknowledgedFor ? unacknowledgedWords(route.unacknowledgedFor) : "at once"]],
  ["Quiet hours", [route.quiet ? quietText(route.quiet) : "none"]],
];

const severityWords = ({ severity }: Pick<Route, "severity">): string =>
  severity === "critical" ? "critical only" : "warning and critical";

const unacknowledgedWords = (span: number): string =>
  `when nobody has acknowledged it for ${counted(span / MINUTE, "minute")}`;

/**
 * A route in one line.
 * @example routeLine(route, []); // => every watch → `pager`: critical only, at once
 */
export function routeLine(route: Route, watches: readonly Watch[]): Text {
  const { destination, quiet, unacknowledgedFor } = route;
  const when = [
    severityWords(route),
    unacknowledgedFor ? unacknowledgedWords(unacknowledgedFor) : "at once",
    ...(quiet ? [`quiet ${quietText(quiet)}`] : []),
  ].join(", ");
  return text`${scopeText(route, watches)} → ${code(destination)}: ${when}`;
}
