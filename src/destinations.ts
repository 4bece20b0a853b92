import { alertmanagerNotifier } from "./adapters/alertmanager/alertmanager.ts";
import { httpClient } from "./adapters/http/client.ts";
import { incidentIoNotifier } from "./adapters/incident-io/incident-io.ts";
import { mailNotifier } from "./adapters/mail/mail.ts";
import { opsgenieNotifier } from "./adapters/opsgenie/opsgenie.ts";
import { pagerDutyNotifier } from "./adapters/pagerduty/pagerduty.ts";
import { webhookNotifier } from "./adapters/webhook/webhook.ts";
import type { DestinationConfig } from "./config/destinations.ts";
import type { Clock } from "./pipeline/ports/clock.ts";
import type { Destination, Notifier } from "./pipeline/ports/destinations.ts";

/** Wires a destination to the real world. */
export const destinationOf = (config: DestinationConfig, wallClock: Clock): Destination => ({
  ...notifierOf(config, wallClock),
  name: config.name,
  kind: config.kind,
});

function notifierOf(config: DestinationConfig, wallClock: Clock): Notifier {
  const { name, allowPrivate } = config;
  if (config.kind === "mail") return mailNotifier({ ...config, allowPlain: allowPrivate });
  const call = httpClient({ called: `the destination ${name}`, allowPrivate });
  const url = config.url === undefined ? {} : { url: new URL(config.url) };
  switch (config.kind) {
    case "pagerduty":
      return pagerDutyNotifier({ routingKey: config.routingKey, call, ...url });
    case "incident.io":
      return incidentIoNotifier({ source: config.source, token: config.token, call, ...url });
    case "opsgenie":
    case "jira":
      return opsgenieNotifier({ apiKey: config.apiKey, call, ...url });
    case "alertmanager": {
      const { labels, authorization } = config;
      return alertmanagerNotifier({
        url: new URL(config.url),
        labels,
        call,
        ...(authorization && { authorization }),
      });
    }
    case "webhook":
      return webhookNotifier({ url: new URL(config.url), secret: config.secret, call, wallClock });
  }
}
