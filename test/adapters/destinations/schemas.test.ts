import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type Kind, secrets } from "../../../simulator/destinations/kinds.ts";
import { type DestinationSimulator, startDestinations } from "../../../simulator/destinations/server.ts";
import type { DestinationConfig } from "../../../src/config/destinations.ts";
import { destinationOf } from "../../../src/destinations.ts";
import type { Sent } from "../../../src/notifications/delivery.ts";
import type { OutsideAlert } from "../../../src/notifications/outside-alert.ts";
import { sampleAlert } from "../../../src/text/outside-alert.ts";
import { noon } from "../../support/builders.ts";
import { anAlert } from "./builders.ts";

let outside: DestinationSimulator;
beforeEach(async () => {
  outside = await startDestinations(() => noon);
});
afterEach(() => outside.close());

const common = { name: "there", allowPrivate: true };
const configs = {
  pagerduty: (url: string) => ({ kind: "pagerduty", routingKey: secrets.routingKey, url, ...common }),
  alertmanager: (url: string) => ({ kind: "alertmanager", labels: { team: "growth" }, url, ...common }),
  webhook: (url: string) => ({ kind: "webhook", secret: secrets.webhook, url, ...common }),
} satisfies Partial<Record<Kind, (url: string) => DestinationConfig>>;

const ajv = new Ajv({ strict: false, allErrors: true });
ajv.addFormat("date-time", (text: string) => /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?Z$/.test(text));
ajv.addFormat("uri", (text: string) => URL.canParse(text));
const validatorOf = (file: string) => ajv.compile(JSON.parse(readFileSync(file, "utf8")) as object);

const alerts: [string, (action: Sent["action"]) => OutsideAlert][] = [
  ["an incident", (action) => anAlert(action)],
  [
    "an alert about many incidents with long names",
    (action) =>
      anAlert(action, {
        summary: "x".repeat(3_000),
        acknowledgedBy: "Ada",
        incidents: Array.from({ length: 40 }, (_, i) => ({
          ...anAlert("trigger").incidents[0]!,
          id: `i${i}`,
          title: `App "${i}" 🛒`,
        })),
      }),
  ],
  ["a health issue", (action) => anAlert(action, { kind: "health-issue", incidents: [], links: [] })],
  ["a sample", (action) => sampleAlert({ key: "test/C0ALERTS1/1", messageId: "m" }, action, noon)],
];

test.each([
  ["pagerduty", "test/contracts-data/destinations/pagerduty-event.json"],
  ["alertmanager", "test/contracts-data/destinations/alertmanager-alerts.json"],
  ["webhook", "docs/schemas/alert-event.schema.json"],
] as const)("what goes to %s fits its published schema", async (kind, file) => {
  const isValid = validatorOf(file);
  const destination = destinationOf(configs[kind](outside.addressOf(kind)), () => noon);
  for (const [name, alert] of alerts)
    for (const action of ["trigger", "acknowledge", "resolve"] as const) {
      await destination.send(alert(action));
      isValid(outside.received(kind).at(-1)?.body);
      expect(isValid.errors, `${name}: ${action}`).toBeNull();
    }
  expect(outside.received(kind)).toHaveLength(3 * alerts.length);
});

test("a body with a misspelled field does not fit", () => {
  const isValid = validatorOf("test/contracts-data/destinations/pagerduty-event.json");
  expect(isValid({ routing_key: "k", event_action: "resolve", dedupkey: "k" })).toBe(false);
});
