import type { OutsideAlert } from "../../notifications/outside-alert.ts";
import type { Notifier } from "../../pipeline/ports/destinations.ts";
import { type Call, reach } from "../http/client.ts";

export interface IncidentIoOptions {
  /** The id of an HTTP alert source. */
  readonly source: string;
  /** Its token. */
  readonly token: string;
  /** @default incident.io's own address */
  readonly url?: URL;
  readonly call: Call;
}

const ADDRESS = "https://api.incident.io/v2/alert_events/http/";

/** Sends alerts to an HTTP alert source of incident.io, which knows each by its deduplication key. */
export const incidentIoNotifier = ({
  source,
  token,
  url = new URL(ADDRESS),
  call,
}: IncidentIoOptions): Notifier => ({
  isIdempotent: true,
  async send(alert) {
    // Its alert sources know no acknowledgement.
    if (alert.action === "acknowledge") return;
    await call(new URL(encodeURIComponent(source), url), {
      headers: { authorization: `Bearer ${token}` },
      body: JSON.stringify(eventOf(alert)),
    });
  },
  check: () => reach(url, call),
});

const eventOf = ({ action, key, summary, details, severity, kind, links, incidents }: OutsideAlert) => ({
  title: summary,
  description: details.join("\n\n"),
  deduplication_key: key,
  status: action === "resolve" ? "resolved" : "firing",
  ...(links[0] && { source_url: links[0].address }),
  metadata: {
    severity,
    kind,
    watches: incidents.map(({ watch }) => watch),
    workspace: incidents[0]?.workspace ?? "",
  },
});
