import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type Kind, secrets } from "../../simulator/destinations/kinds.ts";
import { type Mailbox, startMailbox } from "../../simulator/destinations/mailbox.ts";
import { type DestinationSimulator, startDestinations } from "../../simulator/destinations/server.ts";
import { alertmanagerNotifier } from "../../src/adapters/alertmanager/alertmanager.ts";
import { type Call, httpClient } from "../../src/adapters/http/client.ts";
import { incidentIoNotifier } from "../../src/adapters/incident-io/incident-io.ts";
import { mailNotifier } from "../../src/adapters/mail/mail.ts";
import { opsgenieNotifier } from "../../src/adapters/opsgenie/opsgenie.ts";
import { pagerDutyNotifier } from "../../src/adapters/pagerduty/pagerduty.ts";
import { webhookNotifier } from "../../src/adapters/webhook/webhook.ts";
import type { Notifier } from "../../src/pipeline/ports/destinations.ts";
import { keepSecret } from "../../src/redact.ts";
import { HOUR } from "../../src/time/time.ts";
import { anAlert } from "../adapters/destinations/builders.ts";
import { noon } from "../support/builders.ts";

const TIMEOUT = 400;

/** Each kind of destination that is called over HTTP, with a key that may be wrong. */
const kinds: Record<Kind, (url: URL, call: Call, wrong?: string) => Notifier> = {
  pagerduty: (url, call, routingKey = secrets.routingKey) => pagerDutyNotifier({ routingKey, url, call }),
  "incident.io": (url, call, token = secrets.token) =>
    incidentIoNotifier({ source: "01SOURCE", token, url, call }),
  jira: (url, call, apiKey = secrets.apiKey) => opsgenieNotifier({ apiKey, url, call }),
  alertmanager: (url, call) => alertmanagerNotifier({ url, call }),
  webhook: (url, call, secret = secrets.webhook) =>
    webhookNotifier({ url, secret, call, wallClock: Date.now }),
};
const names = Object.keys(kinds) as Kind[];

let outside: DestinationSimulator;
beforeEach(async () => {
  outside = await startDestinations(() => noon + HOUR);
});
afterEach(() => outside.close());

const notifierOf = (kind: Kind, wrong?: string): Notifier =>
  kinds[kind](
    new URL(outside.addressOf(kind)),
    httpClient({ called: kind, allowPrivate: true, timeout: TIMEOUT }),
    wrong,
  );

describe.each(names)("an alert at %s", (kind) => {
  const alert = anAlert("trigger");

  test("opens, and ends by the same name", async () => {
    const notifier = notifierOf(kind);
    await notifier.send(alert);
    expect(outside.alerts(kind)).toEqual(
      new Map([[alert.key, { state: "open", calls: [alert.summary.slice(0, 130)] }]]),
    );
    await notifier.send(anAlert("resolve"));
    expect(outside.alerts(kind).get(alert.key)?.state).toBe("resolved");
  });

  test("that is sent twice calls nobody twice", async () => {
    const notifier = notifierOf(kind);
    expect(notifier.isIdempotent).toBe(true);
    await notifier.send(alert);
    await notifier.send(alert);
    expect(outside.alerts(kind).get(alert.key)?.calls).toHaveLength(1);
  });

  test("waits as long as a rate limit asks for", async () => {
    outside.faults.next(kind, { kind: "rate-limit", retryAfter: 7 });
    await expect(notifierOf(kind).send(alert)).rejects.toMatchObject({
      name: "TransientError",
      failure: "destination-rate-limit",
      retryAfter: 7_000,
    });
    expect(outside.received()).toEqual([]);
  });

  test.each([
    ["a fault of the other side", { kind: "status", status: 502, stored: true }],
    ["an answer that never comes", { kind: "stall", stored: true }],
    ["a connection that is cut", { kind: "drop", stored: true }],
  ] as const)("may have arrived after %s", async (_, fault) => {
    outside.faults.next(kind, fault);
    await expect(notifierOf(kind).send(alert)).rejects.toMatchObject({
      name: "TransientError",
      failure: "destination-unsure",
    });
    expect(outside.received()).toHaveLength(1);
  });

  test("has not arrived where nobody answers", async () => {
    await outside.down();
    await expect(notifierOf(kind).send(alert)).rejects.toMatchObject({
      name: "TransientError",
      failure: "destination-unreachable",
    });
    await outside.up();
  });

  test("is checked without an alert", async () => {
    expect(await notifierOf(kind).check()).toContain("127.0.0.1");
    expect(outside.received().filter(({ action }) => action !== "resolve")).toEqual([]);
    expect([...outside.alerts(kind).values()]).toEqual([]);
  });

  test("that asks for a wait of days is asked again within the hour", async () => {
    outside.faults.next(kind, { kind: "rate-limit", retryAfter: 10 * 86_400 });
    await expect(notifierOf(kind).send(anAlert("trigger"))).rejects.toMatchObject({ retryAfter: HOUR });
  });
});

test.each(["pagerduty", "jira"] as const)("the check of %s finds a wrong key", async (kind) => {
  expect(await notifierOf(kind).check()).toContain("accepts the key");
  const checked = notifierOf(kind, "wrongkey0123456789wrongkey012345").check();
  await expect(checked).rejects.toMatchObject({ name: "PermanentError" });
});

test.each(["pagerduty", "incident.io", "jira", "webhook"] as const)(
  "%s refuses a wrong key for good, and the error does not show it",
  async (kind) => {
    const wrong = kind === "webhook" ? `whsec_${"d3Jvbmc".repeat(6)}` : "wrongkey0123456789wrongkey012345";
    keepSecret(wrong);
    const error = await notifierOf(kind, wrong)
      .send(anAlert("trigger"))
      .catch((refusal: unknown) => refusal);
    expect(error).toMatchObject({ name: "PermanentError", failure: "destination-refuses" });
    expect(String(error)).not.toContain(wrong);
  },
);

test.each(["pagerduty", "jira", "webhook"] as const)("an acknowledgement shows at %s", async (kind) => {
  const notifier = notifierOf(kind);
  await notifier.send(anAlert("trigger"));
  await notifier.send(anAlert("acknowledge"));
  expect([...outside.alerts(kind).values()]).toMatchObject([{ state: "acknowledged" }]);
});

describe("a mail", () => {
  let mailbox: Mailbox;
  beforeEach(async () => {
    mailbox = await startMailbox();
  });
  afterEach(() => mailbox.close());
  const mailer = (smtp = mailbox.smtp) =>
    mailNotifier({
      smtp,
      from: "Tidewatch <tidewatch@shop.example>",
      to: ["oncall@shop.example", "ops@shop.example"],
      allowPlain: true,
      timeout: TIMEOUT,
    });

  test("goes to everybody, and all of one alert are a thread", async () => {
    await mailer().send(anAlert("trigger"));
    await mailer().send(anAlert("resolve"));
    const [first, second] = mailbox.mails;
    expect(first).toMatchObject({
      from: "tidewatch@shop.example",
      to: ["oncall@shop.example", "ops@shop.example"],
      subject: "🔴 Critical: iOS down 51% – 610 vs 1,105–1,382 expected sessions",
    });
    expect(first?.messageId).not.toBe(second?.messageId);
    const thread = (raw = "") => /^References: (.*)$/im.exec(raw)?.[1]?.trim();
    expect(thread(first?.raw)).toBe(thread(second?.raw));
  });

  test("that is refused for a while has not arrived, and for good if the password is wrong", async () => {
    mailbox.refuse(451);
    await expect(mailer().send(anAlert("trigger"))).rejects.toMatchObject({
      failure: "destination-unreachable",
    });
    expect(mailbox.mails).toEqual([]);
    const wrong = mailbox.smtp.replace(mailbox.password, "not-this-password");
    await expect(mailer(wrong).send(anAlert("trigger"))).rejects.toMatchObject({
      name: "PermanentError",
      failure: "destination-refuses",
    });
  });

  test("has not arrived where no server answers", async () => {
    await mailbox.down();
    await expect(mailer().send(anAlert("trigger"))).rejects.toMatchObject({
      failure: "destination-unreachable",
    });
    await mailbox.up();
  });

  test("cannot carry a header in what somebody typed", async () => {
    await mailer().send(anAlert("trigger", { summary: "iOS\r\nBcc: thief@example.com\r\n\r\nhello" }));
    expect(mailbox.mails[0]?.to).toHaveLength(2);
    expect(mailbox.mails[0]?.raw.split("\r\n\r\n")[0]).not.toMatch(/^bcc:/im);
  });

  test("is checked without being sent", async () => {
    expect(await mailer().check()).toContain("answers");
    expect(mailbox.mails).toEqual([]);
  });
});
