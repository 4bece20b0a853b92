import { createHmac } from "node:crypto";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { until } from "../../support/until.ts";

export const SIGNING_SECRET = "0123456789abcdef0123456789abcdef";

/** What was answered through a response_url. */
export interface Answered {
  readonly text: string;
  readonly response_type: string;
  readonly blocks: readonly Record<string, unknown>[];
}

/** Somebody who types and clicks, as Slack passes it on over HTTP: signed, with an address for answers. */
export interface Typist {
  /** Types after `/tidewatch`, and waits for the answer. */
  type(text: string, over?: Readonly<Record<string, string>>): Promise<Answered>;
  /** Sends fields as a form, signed. */
  send(fields: Readonly<Record<string, string>>, signing?: Partial<Signing>): Promise<Response>;
  /** Everything that was answered, by the last part of its response_url. */
  readonly answers: ReadonlyMap<string, Answered[]>;
  responseUrl(name: string): string;
  close(): Promise<void>;
}

/** How a request is signed. */
export interface Signing {
  readonly secret: string;
  /** In seconds. */
  readonly at: number;
}

/** @param door the address where the bot receives Slack's requests */
export async function startTypist(deduplicator: () => string): Promise<Typist> {
  const answers = new Map<string, Answered[]>();
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const name = request.url!.slice(1);
    answers.set(name, [...(answers.get(name) ?? []), JSON.parse(Buffer.concat(chunks).toString())]);
    response.end("ok");
  });
  await new Promise<void>((done) => server.listen(0, "127.0.0.1", done));
  const responseUrl = (name: string) => `http://127.0.0.1:${(server.address() as AddressInfo).port}/${name}`;
  let typed = 0;

  const send: Typist["send"] = (fields, signing) => {
    const body = new URLSearchParams(fields).toString();
    return fetch(deduplicator(), { method: "POST", body, headers: headersFor(body, signing) });
  };
  return {
    answers,
    responseUrl,
    send,
    async type(text, over = {}) {
      const name = `typed-${++typed}`;
      const response = await send({ ...commandFields(text, name), response_url: responseUrl(name), ...over });
      if (response.status !== 200) throw new Error(`the command was answered with ${response.status}`);
      await until(() => answers.has(name), `the answer to "${text}"`);
      return answers.get(name)![0]!;
    },
    async close() {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** What Slack sends of a command. */
export const commandFields = (text: string, triggerId: string): Record<string, string> => ({
  token: "verification-token",
  team_id: "T0123456789",
  team_domain: "acme",
  channel_id: "C0ALERTS1",
  channel_name: "alerts",
  user_id: "U0ADA0001",
  user_name: "ada",
  command: "/tidewatch",
  text,
  api_app_id: "A0123456789",
  is_enterprise_install: "false",
  trigger_id: triggerId,
});

/** The headers of a signed form. */
export function headersFor(
  body: string,
  { secret = SIGNING_SECRET, at = Math.floor(Date.now() / 1_000) }: Partial<Signing> = {},
) {
  const hash = createHmac("sha256", secret).update(`v0:${at}:${body}`).digest("hex");
  return {
    "content-type": "application/x-www-form-urlencoded",
    "x-slack-request-timestamp": String(at),
    "x-slack-signature": `v0=${hash}`,
  };
}
