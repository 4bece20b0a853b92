import type { OutsideAlert } from "../../notifications/outside-alert.ts";
import type { Notifier } from "../../pipeline/ports/destinations.ts";
import { acceptsKey, type Call, NO_ALERT } from "../http/client.ts";
import { clipped } from "../http/clipped.ts";

export interface OpsgenieOptions {
  /** The key of an API integration. */
  readonly apiKey: string;
  /** Of the alerts, such as https://api.opsgenie.com/v2/alerts. @default Jira Service Management's */
  readonly url?: URL;
  readonly call: Call;
}

/** Jira Service Management takes the same requests as Opsgenie did. */
const ADDRESS = "https://api.atlassian.com/jsm/ops/integration/v2/alerts";

/** The limits of the API. */
const LONGEST_MESSAGE = 130;
const LONGEST_DESCRIPTION = 15_000;
const LONGEST_ALIAS = 512;

/** Sends alerts to Jira Service Management or Opsgenie. Its `alias` is the name of the alert. */
export const opsgenieNotifier = ({ apiKey, url = new URL(ADDRESS), call }: OpsgenieOptions): Notifier => {
  const headers = { authorization: `GenieKey ${apiKey}` };
  const post = (address: URL, body: object) => call(address, { headers, body: JSON.stringify(body) });
  const act = async (key: string, verb: "close" | "acknowledge", note: string) => {
    const address = new URL(url);
    address.pathname = `${url.pathname.replace(/\/$/, "")}/${encodeURIComponent(aliasOf(key))}/${verb}`;
    address.searchParams.set("identifierType", "alias");
    await post(address, { source: "Tidewatch", note: clipped(note, LONGEST_DESCRIPTION) });
  };
  return {
    isIdempotent: true,
    async send(alert) {
      if (alert.action === "trigger") await post(url, alertOf(alert));
      else await act(alert.key, alert.action === "resolve" ? "close" : "acknowledge", alert.summary);
    },
    async check() {
      await act(NO_ALERT, "close", "The doctor of Tidewatch checks its key");
      return acceptsKey(url);
    },
  };
};

const aliasOf = (key: string): string => key.slice(0, LONGEST_ALIAS);

const alertOf = ({ key, summary, severity, details, links, incidents }: OutsideAlert) => ({
  message: clipped(summary, LONGEST_MESSAGE),
  alias: aliasOf(key),
  description: clipped(
    [summary, ...details, ...links.map(({ label, address }) => `${label}: ${address}`)].join("\n"),
    LONGEST_DESCRIPTION,
  ),
  priority: severity === "critical" ? "P1" : "P3",
  source: "Tidewatch",
  entity: incidents[0]?.title ?? "Tidewatch",
  tags: ["tidewatch", severity],
});
