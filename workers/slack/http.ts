import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type App, HTTPReceiver, type Receiver } from "@slack/bolt";
import type { Logger } from "@slack/web-api";
import type { Log } from "../../src/log.ts";
import { SECOND } from "../../src/time/time.ts";
import { closeServer, listenOn } from "../listen.ts";
import { type SignedDeps, suspicionOf } from "./signed.ts";

/** Where Slack sends everything: events, commands and clicks. */
export const SLACK_PATH = "/slack/events";

/** A view has 250 KB at most. */
const LONGEST_BODY = 1_000_000;

/** Slack needs no more than this; a client that is slow or many takes nothing from the workers. */
const LIMITS = {
  maxHeaderSize: 16_384,
  headersTimeout: 5 * SECOND,
  requestTimeout: 10 * SECOND,
  keepAliveTimeout: 5 * SECOND,
  connectionsCheckingInterval: SECOND,
} as const;
const MOST_CONNECTIONS = 500;

/** How long it may take to tell whether a request came before; Slack waits three seconds in all. */
const CHECK_WITHIN = 1.5 * SECOND;

export interface HttpDoor extends SignedDeps {
  readonly host: string;
  readonly port: number;
  readonly logger: Logger;
  readonly log: Pick<Log, "warn">;
}

/** Takes Slack's requests over HTTP, each signed, of this minute, and once. */
export function httpReceiver(door: HttpDoor): Receiver & { url(): string | undefined } {
  const { host, port, logger, signingSecret, log } = door;
  const bolt = new HTTPReceiver({ signingSecret, endpoints: SLACK_PATH, logger, bodyLimit: LONGEST_BODY });
  const server = createServer(LIMITS, (request, response) => {
    take(request, response, bolt, door).catch((error: unknown) => {
      log.warn({ error: String(error) }, "console.request-failed");
      refuse(response, 503);
    });
  });
  server.maxConnections = MOST_CONNECTIONS;
  let url: string | undefined;
  return {
    init: (app: App) => bolt.init(app),
    url: () => url,
    async start() {
      url = `${await listenOn(server, { host, port }, "set another SLACK_HTTP_PORT or SLACK_HTTP_HOST")}${SLACK_PATH}`;
    },
    stop: () => closeServer(server),
  };
}

async function take(
  request: IncomingMessage,
  response: ServerResponse,
  bolt: HTTPReceiver,
  door: HttpDoor,
): Promise<void> {
  if (request.method !== "POST" || request.url?.split("?", 1)[0] !== SLACK_PATH) return refuse(response, 404);
  const body = await bodyOf(request);
  if (!body) return refuse(response, 413);
  const suspicion = await within(CHECK_WITHIN, suspicionOf(request, body, door));
  if (suspicion) {
    door.log.warn({ why: suspicion, from: request.socket.remoteAddress }, "console.refused");
    return refuse(response, 401);
  }
  // Where Bolt looks for a body that was read already.
  bolt.requestListener(Object.assign(request, { rawBody: body }), response);
}

/** The body, or undefined when it is longer than any that Slack sends. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | undefined> {
  const chunks: Buffer[] = [];
  let length = 0;
  for await (const chunk of request) {
    length += chunk.length;
    if (length > LONGEST_BODY) return undefined;
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

async function within<Result>(limit: number, work: Promise<Result>): Promise<Result> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(new Error("Redis does not answer in time")), limit);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { connection: "close" }).end();
}
