import type { HealthIssue } from "../health/health-issue.ts";
import { beganAt } from "../incidents/incident.ts";
import { metricTitle } from "../metrics/metrics.ts";
import type { RemoteAct, Sent } from "../notifications/delivery.ts";
import type { Notification } from "../notifications/notification.ts";
import type { OutsideAlert, OutsideIncident } from "../notifications/outside-alert.ts";
import { watchTitle } from "../settings/watch.ts";
import type { Instant } from "../time/time.ts";
import { groupText } from "./alert-groups.ts";
import { type AlertText, alertText, linksOf } from "./alerts.ts";
import { healthIssueText } from "./health.ts";
import { numbersOf } from "./numbers.ts";
import { type Part, plainText, type Text, text, time } from "./text.ts";

/** What an alert is called where it is sent. */
export interface AlertNames {
  readonly key: string;
  readonly messageId: string;
}

/** Incidents of one alert group, as they are sent outside Slack. @param note a line that goes first */
export function incidentAlert(
  notification: Notification,
  { action, severity, at }: Sent,
  names: AlertNames,
  note?: string,
): OutsideAlert {
  const { members, zone } = notification;
  const alert = notification.kind === "one" ? alertText(notification) : groupText(notification);
  const [acknowledged] = members.flatMap(({ incident }) => incident.acknowledged ?? []);
  return {
    ...names,
    action,
    at,
    since: Math.min(...members.map(({ incident }) => beganAt(incident))),
    severity,
    summary: plainText(alert.headlines[0]!, zone),
    details: [...(note ? [note] : []), ...detailsOf(alert, zone)],
    links: linksOf(notification).flatMap((part) => (isLink(part) ? [part] : [])),
    kind: "incident",
    incidents: members.map(outsideIncident),
    ...(acknowledged && { acknowledgedBy: nameOf(acknowledged.by) }),
  };
}

/** A health issue, as it is sent outside Slack. */
export function healthAlert(
  issue: HealthIssue,
  { action, severity, at }: Sent,
  names: AlertNames,
  { zone, note }: { readonly zone: string; readonly note?: string },
): OutsideAlert {
  const { headline, paragraphs, footer } = healthIssueText(issue);
  return {
    ...names,
    action,
    at,
    since: issue.since,
    severity,
    summary: plainText(headline, zone),
    details: [...(note ? [note] : []), ...[...paragraphs, ...footer].map((line) => plainText(line, zone))],
    links: [],
    kind: "health-issue",
    incidents: [],
  };
}

/** Why an alert comes this way. */
export const slackDownNote = (since: Instant, zone: string): string =>
  plainText(text`Slack has taken no messages since ${time(since)}, so this is not posted there yet.`, zone);

/** A sample, so that people see whether a destination takes alerts. */
export const sampleAlert = (names: AlertNames, action: Sent["action"], at: Instant): OutsideAlert => ({
  ...names,
  action,
  at,
  since: at,
  severity: "warning",
  summary: "Test alert from Tidewatch: nothing is wrong",
  details: ["Somebody asked Tidewatch to test its routes. It resolves this alert at once."],
  links: [],
  kind: "test",
  incidents: [],
});

/** The most characters of a person's name in a message of Slack. */
const LONGEST_PERSON = 40;

/**
 * Who did something at a destination, as Slack shows it.
 * @example remoteWords({ action: "acknowledge", by: "Ada Byron" }, "PagerDuty"); // => "Ada Byron in PagerDuty"
 */
export function remoteWords({ action, by }: Pick<RemoteAct, "action" | "by">, title: string): string {
  const where = action === "resolve" ? ` (resolved in ${title})` : ` in ${title}`;
  const most = LONGEST_PERSON - where.length;
  return `${
    by.length > most
      ? `${by
          .slice(0, most - 1)
          .toWellFormed()
          .trimEnd()}…`
      : by
  }${where}`;
}

/** Ids of people mean nothing outside Slack, so lines that call somebody are left out. */
const detailsOf = ({ lines, members, footer }: AlertText, zone: string): string[] =>
  [...lines, ...members, ...footer]
    .filter((line) => !line.some((part) => isLink(part) || isSlackPerson(part)))
    .map((line) => plainText(line, zone));

const isLink = (part: Part): part is Extract<Part, { kind: "link" }> =>
  typeof part !== "string" && part.kind === "link";

const isSlackPerson = (part: Text[number]): boolean =>
  typeof part !== "string" && part.kind === "person" && SLACK_ID.test(part.by);

const SLACK_ID = /^[UWS][A-Z0-9]{6,}$/;

const nameOf = (by: string): string => (SLACK_ID.test(by) ? "somebody in Slack" : by);

function outsideIncident({ incident, watch }: Notification["members"][number]): OutsideIncident {
  const { observed, expected, low, high } = numbersOf(incident.latest);
  const isOver = incident.resolvedAt !== undefined;
  return {
    id: incident.id,
    watch: watch.id,
    title: watchTitle(watch),
    workspace: watch.series.workspace,
    metric: metricTitle(watch.series),
    direction: incident.direction,
    severity: incident.severity,
    state: isOver ? "resolved" : incident.acknowledged ? "acknowledged" : "open",
    since: beganAt(incident),
    observed,
    expected,
    low,
    ...(high !== undefined && { high }),
  };
}
