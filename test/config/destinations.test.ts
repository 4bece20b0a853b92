import { expect, test } from "vitest";
import { readDestinations } from "../../src/config/destinations.ts";
import { readRoutes } from "../../src/config/routes.ts";
import { redact } from "../../src/redact.ts";
import { MINUTE } from "../../src/time/time.ts";

const KEY = "0123456789abcdef0123456789abcdef";

test("destinations of every kind are read", () => {
  const { destinations, problems } = readDestinations(
    JSON.stringify({
      pager: { kind: "pagerduty", routingKey: KEY, webhookSecret: "secret-of-the-webhook" },
      io: { kind: "incident.io", source: "01ABC", token: "token-of-the-source" },
      jira: { kind: "jira", apiKey: "key-of-the-integration" },
      og: { kind: "opsgenie", apiKey: "key-of-opsgenie", url: "https://api.opsgenie.com/v2/alerts" },
      prom: {
        kind: "alertmanager",
        url: "http://alertmanager:9093",
        allowPrivate: true,
        labels: { team: "x" },
      },
      hook: {
        kind: "webhook",
        url: "https://hooks.example/t0ken-in-path",
        secret: `whsec_${"QUJD".repeat(9)}`,
      },
      mail: {
        kind: "mail",
        smtp: "smtps://u:p%40ssword@mail.example",
        from: "a@b.example",
        to: "c@d.example",
      },
    }),
  );
  expect(problems).toEqual([]);
  expect(destinations.map(({ name, kind }) => `${name} ${kind}`)).toEqual([
    "pager pagerduty",
    "io incident.io",
    "jira jira",
    "og opsgenie",
    "prom alertmanager",
    "hook webhook",
    "mail mail",
  ]);
  const printed = redact(
    `${KEY} secret-of-the-webhook token-of-the-source /t0ken-in-path p%40ssword p@ssword`,
  );
  expect(printed.replaceAll("[redacted]", "").trim()).toBe("");
});

test.each([
  ["{", "DESTINATIONS is not JSON. docs/notifiers.md has an example"],
  ["[]", 'DESTINATIONS must be an object such as {"pager": {"kind": …}}'],
  ['{"Pager!": {}}', /"Pager!" is not a name/],
  ['{"pager": {"kind": "fax"}}', /DESTINATIONS\.pager.* must be one of pagerduty/],
  ['{"pager": {"kind": "pagerduty", "routingKey": "short"}}', /pager\.routingKey: must be the 32 characters/],
  [`{"pager": {"kind": "pagerduty", "routingKey": "${KEY}", "key": "x"}}`, /DESTINATIONS\.pager: .*key/],
  ['{"hook": {"kind": "webhook", "url": "ftp://x", "secret": "no"}}', /hook\.url: must be an address/],
])("a mistake in %s is named without its value", (json, problem) => {
  const { problems } = readDestinations(json);
  expect(problems[0]).toMatch(problem);
});

test("an error shows no secret, even if another setting of the destination is wrong", () => {
  const json = JSON.stringify({
    jira: { kind: "jira", apiKey: "a-secret-api-key", priority: "a-secret-api-key" },
  });
  const { problems } = readDestinations(json);
  expect(redact(problems.join())).not.toContain("a-secret-api-key");
});

test("routes are read as people type them, and a route to nowhere is a mistake", () => {
  const destinations = [{ name: "pager" }];
  const text = "everything to:pager severity:critical; ios to:pager after:30m quiet:22-7 quiet-days:mon-fri;";
  expect(readRoutes(text, destinations)).toMatchObject({
    problems: [],
    routes: [
      { id: "critical-pager", severity: "critical", destination: "pager" },
      {
        scope: { kind: "watch", watch: "ios" },
        severity: "warning",
        unacknowledgedFor: 30 * MINUTE,
        quiet: { from: 1_320, to: 420, days: [0, 1, 2, 3, 4] },
      },
    ],
  });
  expect(readRoutes("everything to:fax; here to:pager; ios", destinations).problems).toEqual([
    'ROUTES names "fax", which is not in DESTINATIONS',
    expect.stringContaining('"here to:pager": there is no channel here'),
    expect.stringContaining('"ios": where to?'),
  ]);
});
