import type { AddressInfo } from "node:net";
import { SMTPServer } from "smtp-server";

/** A mail as the server took it. */
export interface Mail {
  readonly from: string;
  readonly to: readonly string[];
  readonly subject: string;
  readonly messageId: string;
  /** The whole of it, as it was sent. */
  readonly raw: string;
}

/** A mail server on the loopback interface that keeps what it takes. */
export interface Mailbox {
  /** With the user and the password that it asks for. */
  readonly smtp: string;
  readonly password: string;
  readonly mails: readonly Mail[];
  /** The next mail is refused with this code, after it was taken if `stored`. */
  refuse(code: number, stored?: boolean): void;
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

const PASSWORD = "simulated-mail-password";

/** Starts it without TLS, since nothing leaves this machine. */
export async function startMailbox(): Promise<Mailbox> {
  const mails: Mail[] = [];
  let refusal: { readonly code: number; readonly stored: boolean } | undefined;
  const create = () =>
    new SMTPServer({
      disabledCommands: ["STARTTLS"],
      allowInsecureAuth: true,
      logger: false,
      onAuth({ username, password }, _, done) {
        if (password === PASSWORD) done(null, { user: username });
        else done(new Error("wrong password"));
      },
      onData(stream, { envelope }, done) {
        const chunks: Buffer[] = [];
        stream.on("data", (chunk: Buffer) => chunks.push(chunk));
        stream.on("end", () => {
          const raw = Buffer.concat(chunks).toString();
          const refused = refusal;
          refusal = undefined;
          if (!refused || refused.stored)
            mails.push({
              from: envelope.mailFrom ? envelope.mailFrom.address : "",
              to: envelope.rcptTo.map(({ address }) => address),
              subject: headerOf(raw, "Subject"),
              messageId: headerOf(raw, "Message-ID"),
              raw,
            });
          if (refused) done(Object.assign(new Error("refused"), { responseCode: refused.code }));
          else done();
        });
      },
    });
  let server = create();
  const listen = (port: number) =>
    new Promise<void>((done, fail) => {
      server.server.once("error", fail);
      server.listen(port, "127.0.0.1", () => done());
    });
  const hangUp = () => new Promise<void>((done) => server.close(() => done()));
  await listen(0);
  const { port } = server.server.address() as AddressInfo;
  return {
    smtp: `smtp://tidewatch:${PASSWORD}@127.0.0.1:${port}`,
    password: PASSWORD,
    mails,
    refuse(code, stored = false) {
      refusal = { code, stored };
    },
    down: hangUp,
    async up() {
      server = create();
      await listen(port);
    },
    close: hangUp,
  };
}

/** A header, unfolded and decoded. */
function headerOf(raw: string, name: string): string {
  const [, value = ""] = new RegExp(`^${name}: (.*(?:\\r\\n[ \\t].*)*)`, "im").exec(raw) ?? [];
  return value
    .replace(/\r\n[ \t]/g, " ")
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?UTF-8\?B\?([^?]*)\?=/gi, (_, text: string) => Buffer.from(text, "base64").toString())
    .replace(/=\?UTF-8\?Q\?([^?]*)\?=/gi, (_, text: string) =>
      Buffer.from(
        text
          .replaceAll("_", " ")
          .replace(/=([0-9A-F]{2})/gi, (_m, hex: string) => String.fromCharCode(Number.parseInt(hex, 16))),
        "latin1",
      ).toString(),
    )
    .trim();
}
