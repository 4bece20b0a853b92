import type { HealthIssueKind } from "../../../health/health-issue.ts";
import { count } from "../blocks/numbers.ts";

type Headline = (first: string, howMany: number) => string;

/** The only name, or the number of names. */
const nameOr = (first: string, howMany: number): string =>
  howMany === 1 ? first : `${count(howMany)} series`;

/** What Tidewatch cannot read, evaluate or post, in a few words. */
export const headlines: Readonly<Record<HealthIssueKind, Headline>> = {
  braze: (workspace) => `Braze cannot be read (${workspace})`,
  quota: (workspace) => `Requests to Braze run short (${workspace})`,
  refused: (first, howMany) => `Braze refuses ${nameOr(first, howMany)}`,
  late: (first, howMany) => `Sessions are late: ${nameOr(first, howMany)}`,
  "not-evaluated": (first, howMany) => `Not judged: ${nameOr(first, howMany)}`,
  behind: (first, howMany) => `Tidewatch is behind: ${nameOr(first, howMany)}`,
  channel: (first, howMany) =>
    `A Slack channel takes no messages: ${howMany === 1 ? first : `${count(howMany)} watches`}`,
  message: (first, howMany) =>
    `Slack refuses messages: ${howMany === 1 ? first : `${count(howMany)} watches`}`,
  slack: () => "Slack takes no messages",
  console: () => "Commands from Slack are not heard",
  "shared-app": () => "Another bot uses this Slack app",
  redis: () => "Redis runs short of memory",
  writes: () => "Redis takes no writes",
  schedule: (first) => `Tidewatch stood still: ${first} stayed away`,
};

/** The consequences, and what is not affected. */
export const consequences: Readonly<Record<HealthIssueKind, string>> = {
  braze: "Nothing is judged meanwhile; every missed hour is read and judged afterwards",
  quota:
    "Production sends come first; whole apps and whatever has an incident are read first, every hour in the end",
  refused: "Only this is not judged meanwhile",
  late: "Unknown is not zero: late hours are never taken for a drop",
  "not-evaluated": "Its hours are kept and compared with later",
  behind: "Nothing is lost: every hour is judged in order",
  channel: "Incidents are kept, and said as soon as the channel can be told",
  message:
    "What Slack refuses is posted in a plainer form, at last as text; all other messages are posted as usual",
  slack: "Incidents are kept, and said as soon as Slack takes them",
  console: "Everything is watched and told all the same; only /tidewatch and the buttons do nothing",
  "shared-app":
    "Slack gives each command and click to one of the two, whose watches and incidents differ; alerts may be posted twice",
  redis: "All is well as long as there is some memory left",
  writes: "Nothing is read, evaluated or posted meanwhile; every missed hour is caught up afterwards",
  schedule: "Every missed hour is caught up as soon as it runs",
};
