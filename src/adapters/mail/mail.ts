import { createHash } from "node:crypto";
import { createTransport } from "nodemailer";
import { PermanentError, TransientError } from "../../errors.ts";
import type { OutsideAlert } from "../../notifications/outside-alert.ts";
import type { Notifier } from "../../pipeline/ports/destinations.ts";
import { redact } from "../../redact.ts";
import { SECOND } from "../../time/time.ts";

export interface MailOptions {
  /** `smtps://user:password@host:465`, or `smtp://…` with STARTTLS. */
  readonly smtp: string;
  readonly from: string;
  readonly to: readonly string[];
  /** Whether a server without TLS is used, as on this machine. @default false */
  readonly allowPlain?: boolean;
  /** How long each step may take, in milliseconds. @default 15_000 */
  readonly timeout?: number;
}

/** Sends alerts by mail. All mails of one alert are one thread. No mail server knows that a mail is repeated. */
export function mailNotifier({
  smtp,
  from,
  to,
  allowPlain = false,
  timeout = 15 * SECOND,
}: MailOptions): Notifier {
  const { protocol, host, hostname, port, username, password } = new URL(smtp);
  const secure = protocol === "smtps:";
  const transport = createTransport({
    host: hostname,
    port: port === "" ? (secure ? 465 : 587) : Number(port),
    secure,
    requireTLS: !secure && !allowPlain,
    ignoreTLS: !secure && allowPlain,
    ...(username && { auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) } }),
    connectionTimeout: timeout,
    greetingTimeout: timeout,
    socketTimeout: timeout,
    dnsTimeout: timeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  });
  return {
    isIdempotent: false,
    async send(alert) {
      await transport.sendMail({ from, to: [...to], ...mailOf(alert, from) }).catch((error: unknown) => {
        throw refusalOf(error, host);
      });
    },
    async check() {
      await transport.verify().catch((error: unknown) => {
        throw refusalOf(error, host);
      });
      return `the mail server ${host} answers and takes mail from ${from}`;
    },
  };
}

const MARKS = { trigger: "", acknowledge: "Acknowledged: ", resolve: "" } as const;

function mailOf(
  { action, key, messageId, summary, details, links, acknowledgedBy }: OutsideAlert,
  from: string,
) {
  const domain = /@([A-Za-z0-9.-]+)/.exec(from)?.[1] ?? "tidewatch.invalid";
  const idOf = (name: string) =>
    `<${createHash("sha256").update(name).digest("hex").slice(0, 32)}@${domain}>`;
  const root = idOf(key);
  return {
    subject: `${MARKS[action]}${summary}`.slice(0, 200),
    text: [
      summary,
      "",
      ...details,
      ...(action === "acknowledge" && acknowledgedBy ? [`Acknowledged by ${acknowledgedBy}.`] : []),
      ...links.map(({ label, address }) => `${label}: ${address}`),
    ].join("\n"),
    messageId: idOf(messageId),
    inReplyTo: root,
    references: root,
    // No answer of a mailbox that is away.
    headers: { "auto-submitted": "auto-generated", "x-auto-response-suppress": "All" },
  };
}

/** SMTP refuses for good with 5xx, for a while with 4xx; before DATA nothing has arrived. */
function refusalOf(error: unknown, host: string): Error {
  const { responseCode, code, command, message } = error as {
    responseCode?: number;
    code?: string;
    command?: string;
    message?: string;
  };
  const what = `the mail server ${host} ${responseCode ? "refuses mail" : "could not be reached"}: ${redact(String(message))}`;
  if (code === "EAUTH" || (responseCode !== undefined && responseCode >= 500))
    return new PermanentError(what, {
      failure: "destination-refuses",
      advice: "Check the address, user and password of the mail server, and from and to, in DESTINATIONS.",
    });
  const isUnsent = responseCode !== undefined || (command !== undefined && command !== "DATA");
  return new TransientError(what, {
    failure: isUnsent ? "destination-unreachable" : "destination-unsure",
    advice: "Check the network between here and the mail server; Tidewatch keeps trying.",
  });
}
