import type { OutsideAlert } from "../../notifications/outside-alert.ts";
import type { Notifier } from "../../pipeline/ports/destinations.ts";
import { acceptsKey, type Call, NO_ALERT } from "../http/client.ts";
import { clipped } from "../http/clipped.ts";

export interface PagerDutyOptions {
  /** The integration key of an Events API v2 integration. */
  readonly routingKey: string;
  /** @default PagerDuty's own address */
  readonly url?: URL;
  readonly call: Call;
}

/** Of Events API v2; the region of a service is part of its key's address. */
const ADDRESS = "https://events.pagerduty.com/v2/enqueue";

/** PagerDuty's limits. */
const LONGEST_SUMMARY = 1_024;
const LONGEST_KEY = 255;

/** Sends alerts to PagerDuty's Events API v2. Its `dedup_key` is the name of the alert. */
export const pagerDutyNotifier = ({
  routingKey,
  url = new URL(ADDRESS),
  call,
}: PagerDutyOptions): Notifier => ({
  isIdempotent: true,
  async send(alert) {
    await call(url, { body: JSON.stringify(eventOf(alert, routingKey)) });
  },
  async check() {
    const event = { routing_key: routingKey, event_action: "resolve", dedup_key: NO_ALERT };
    await call(url, { body: JSON.stringify(event) });
    return acceptsKey(url);
  },
});

/** The name of an alert in PagerDuty. */
export const dedupKeyOf = (key: string): string => key.slice(0, LONGEST_KEY);

function eventOf(alert: OutsideAlert, routingKey: string) {
  const { action, key, links } = alert;
  const event = { routing_key: routingKey, event_action: action, dedup_key: dedupKeyOf(key) };
  if (action !== "trigger") return event;
  return {
    ...event,
    client: "Tidewatch",
    payload: payloadOf(alert),
    ...(links.length > 0 && { links: links.map(({ label, address }) => ({ href: address, text: label })) }),
  };
}

function payloadOf({ summary, severity, since, details, incidents, kind }: OutsideAlert) {
  const [first] = incidents;
  return {
    summary: clipped(summary, LONGEST_SUMMARY),
    severity,
    source: first ? `Braze ${first.workspace}` : "Tidewatch",
    timestamp: new Date(since).toISOString(),
    class: first ? `${first.metric} ${first.direction}` : kind,
    ...(first && { component: first.title, group: first.workspace }),
    custom_details: {
      details: details.join("\n"),
      ...Object.fromEntries(
        incidents.map(({ title, observed, expected, low, high }) => [
          title,
          { observed, expected, low, ...(high !== undefined && { high }) },
        ]),
      ),
    },
  };
}
