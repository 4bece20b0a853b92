import { createHmac } from "node:crypto";
import type { OutsideAlert } from "../../notifications/outside-alert.ts";
import type { Notifier } from "../../pipeline/ports/destinations.ts";
import { SECOND } from "../../time/time.ts";
import { type Call, reach } from "../http/client.ts";

export interface WebhookOptions {
  readonly url: URL;
  /** `whsec_` and the key in base64. */
  readonly secret: string;
  readonly call: Call;
  readonly wallClock: () => number;
}

/** The JSON schema of the body, in docs/schemas. */
const SCHEMA = "https://tidewatch.invalid/schemas/alert-event.schema.json#/properties/data";

const TYPES = {
  trigger: "tidewatch.alert.triggered",
  acknowledge: "tidewatch.alert.acknowledged",
  resolve: "tidewatch.alert.resolved",
} as const;

/** Sends each alert as a CloudEvent, signed as Standard Webhooks says. A repeated message has the same id. */
export const webhookNotifier = ({ url, secret, call, wallClock }: WebhookOptions): Notifier => ({
  isIdempotent: true,
  async send(alert) {
    const body = JSON.stringify(eventOf(alert));
    const timestamp = Math.floor(wallClock() / SECOND);
    await call(url, {
      headers: {
        "content-type": "application/cloudevents+json",
        "webhook-id": alert.messageId,
        "webhook-timestamp": String(timestamp),
        "webhook-signature": signatureOf(secret, `${alert.messageId}.${timestamp}.${body}`),
      },
      body,
    });
  },
  check: () => reach(url, call),
});

/** `v1,` and the HMAC in base64. */
const signatureOf = (secret: string, signed: string): string =>
  `v1,${createHmac("sha256", Buffer.from(secret.replace(/^whsec_/, ""), "base64"))
    .update(signed)
    .digest("base64")}`;

const eventOf = ({ action, key, messageId, at, since, incidents, ...data }: OutsideAlert) => ({
  specversion: "1.0",
  id: messageId,
  source: "/tidewatch",
  type: TYPES[action],
  time: new Date(at).toISOString(),
  subject: key,
  datacontenttype: "application/json",
  dataschema: SCHEMA,
  data: {
    ...data,
    since: new Date(since).toISOString(),
    links: data.links.map(({ label, address }) => ({ label, address })),
    incidents: incidents.map((incident) => ({ ...incident, since: new Date(incident.since).toISOString() })),
  },
});
