import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { isSignedBy, readWebhook } from "../../src/adapters/pagerduty/webhook.ts";
import type { Bot } from "../../src/bot.ts";
import type { Config } from "../../src/config/config.ts";
import type { Log } from "../../src/log.ts";
import { takeRemoteAct } from "../../src/pipeline/delivering/remote.ts";
import { redact } from "../../src/redact.ts";
import { bodyReader } from "../../src/request-body.ts";
import { CLIENT_TIMEOUTS, closeServer, listenOn } from "../monitoring/listen.ts";

/** The path of each destination: `/destinations/pager`. */
const PATH = /^\/destinations\/([a-z][a-z0-9-]{0,29})$/;

/** The memory for unchecked bodies, and the size of a body that does not count. */
const readBody = bodyReader({ longest: 500_000, total: 8_000_000, free: 64_000 });

const LIMITS = { ...CLIENT_TIMEOUTS, maxHeaderSize: 16_384 } as const;
const MOST_CONNECTIONS = 100;

/** What receives from destinations. */
export interface Receiving {
  readonly url: string;
  stop(): Promise<void>;
}

/**
 * Receives what people do with alerts at their destinations: PagerDuty's webhooks (v3), each signed. What cannot be
 * stored now is answered with 503, and PagerDuty sends it again.
 */
export async function startReceiving(
  { destinations = [], receiving }: Pick<Config, "destinations" | "receiving">,
  bot: Bot,
  log: Log,
): Promise<Receiving | undefined> {
  if (!receiving) return undefined;
  const secrets = new Map(
    destinations.flatMap((one) =>
      one.kind === "pagerduty" && one.webhookSecret ? [[one.name, one.webhookSecret] as const] : [],
    ),
  );

  async function take(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const [, name = ""] = PATH.exec(request.url?.split("?", 1)[0] ?? "") ?? [];
    const secret = secrets.get(name);
    if (request.method !== "POST" || secret === undefined) return answer(response, 404);
    const body = await readBody(request);
    if (typeof body === "string") return answer(response, body === "too long" ? 413 : 503);
    if (!isSignedBy(secret, body, request.headers["x-pagerduty-signature"]?.toString())) {
      log.warn({ destination: name, from: request.socket.remoteAddress }, "destinations.refused");
      return answer(response, 401);
    }
    const read = readWebhook(body);
    const isNews = read && (await takeRemoteAct({ name, title: "PagerDuty" }, read.key, read.act, bot));
    if (read && isNews) log.info({ destination: name, key: read.key, ...read.act }, "destinations.acted");
    answer(response, 202);
  }

  const server = createServer(LIMITS, (request, response) => {
    take(request, response).catch((error: unknown) => {
      log.warn({ error: redact(String(error)) }, "destinations.request-failed");
      answer(response, 503);
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  const url = await listenOn(
    server,
    receiving,
    "set another DESTINATIONS_HTTP_PORT or DESTINATIONS_HTTP_HOST",
  );
  return { url, stop: () => closeServer(server) };
}

function answer(response: ServerResponse, status: number): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { connection: "close" }).end();
}
