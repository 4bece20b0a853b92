import type { HealthIssueKind } from "../../../health/health-issue.ts";
import { count } from "../../../text/numbers.ts";

type Headline = (first: string, howMany: number) => string;

/** The only name, or the number of names. */
const nameOr = (first: string, howMany: number): string =>
  howMany === 1 ? first : `${count(howMany)} series`;

/** What Tidewatch cannot read, evaluate or post, in a few words. */
export const headlines: Readonly<Record<HealthIssueKind, Headline>> = {
  braze: (workspace) => `Tidewatch cannot read Braze (${workspace})`,
  quota: (workspace) => `The Braze API quota is almost used up (${workspace})`,
  refused: (first, howMany) => `Braze refuses requests for ${nameOr(first, howMany)}`,
  late: (first, howMany) => `Data is late: ${nameOr(first, howMany)}`,
  "not-evaluated": (first, howMany) => `Not evaluated: ${nameOr(first, howMany)}`,
  behind: (first, howMany) => `Tidewatch is behind: ${nameOr(first, howMany)}`,
  channel: (first, howMany) =>
    `Tidewatch cannot post in a Slack channel: ${howMany === 1 ? first : `${count(howMany)} watches`}`,
  message: (first, howMany) =>
    `Slack refuses messages: ${howMany === 1 ? first : `${count(howMany)} watches`}`,
  slack: () => "Tidewatch cannot post in Slack",
  console: () => "Slack commands and buttons do not work",
  "shared-app": () => "Another bot uses this Slack app",
  redis: () => "Redis is running out of memory",
  writes: () => "Redis does not accept writes",
  schedule: (first) => `Tidewatch stopped: ${first} did not run`,
};

/** The consequences, and what is not affected. */
export const consequences: Readonly<Record<HealthIssueKind, string>> = {
  braze: "No alerts until this is fixed; Tidewatch then reads and evaluates every missed hour",
  quota:
    "Your own API calls come first; Tidewatch reads whole apps and open incidents first, and every hour in the end",
  refused: "No alerts for this until it is fixed; all other series are evaluated",
  late: "Late data never opens a drop",
  "not-evaluated": "Its hours are stored, and later hours are compared with them",
  behind: "Nothing is lost: every hour is evaluated in order",
  channel: "Incidents are stored, and posted as soon as the channel accepts messages",
  message:
    "Tidewatch posts a refused message in a simpler form, at last as text; all other messages are posted as usual",
  slack: "Incidents are stored, and posted as soon as Slack accepts messages",
  console: "Alerts are posted as usual; only /tidewatch and the buttons do not work",
  "shared-app":
    "Slack sends each command and click to only one of the two bots, and they have different watches and incidents; alerts may be posted twice",
  redis: "Everything works until the memory is used up",
  writes:
    "Nothing is read, evaluated or posted until this is fixed; Tidewatch then catches up on every missed hour",
  schedule: "Tidewatch catches up on every missed hour as soon as it runs",
};
