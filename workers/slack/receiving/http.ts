import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type App, HTTPReceiver, type Receiver } from "@slack/bolt";
import type { Logger } from "@slack/web-api";
import type { Log } from "../../../src/log.ts";
import { bodyReader } from "../../../src/request-body.ts";
import { SECOND } from "../../../src/time/time.ts";
import { CLIENT_TIMEOUTS, closeServer, listenOn } from "../../monitoring/listen.ts";
import { bodySuspicion, headersSuspicion, isReplayed, type SignedOptions } from "./signed.ts";

/** The path for all of Slack's requests: events, commands and clicks. */
export const SLACK_PATH = "/slack/events";

/** A view has at most 250 KB. */
const LONGEST_BODY = 1_000_000;

/** The memory for unchecked bodies, and the size of a body that does not count. */
const readBody = bodyReader({ longest: LONGEST_BODY, total: 16_000_000, free: 64_000 });

/** Slack needs no more than this. */
const LIMITS = { ...CLIENT_TIMEOUTS, maxHeaderSize: 16_384 } as const;
const MOST_CONNECTIONS = 500;

/** How long the duplicate check may take. Slack waits three seconds in all. */
const CHECK_WITHIN = 0.8 * SECOND;

export interface HttpOptions extends SignedOptions {
  readonly host: string;
  readonly port: number;
  readonly logger: Logger;
  readonly log: Pick<Log, "warn">;
}

/** Receives Slack's requests over HTTP: signed, recent, and each once. */
export function httpReceiver(options: HttpOptions): Receiver & { url(): string | undefined } {
  const { host, port, logger, signingSecret, log } = options;
  const bolt = new HTTPReceiver({ signingSecret, endpoints: SLACK_PATH, logger, bodyLimit: LONGEST_BODY });
  const server = createServer(LIMITS, (request, response) => {
    take(request, response, bolt, options).catch((error: unknown) => {
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
  options: HttpOptions,
): Promise<void> {
  if (request.method !== "POST" || request.url?.split("?", 1)[0] !== SLACK_PATH) return refuse(response, 404);
  const suspect = (why: string) => {
    options.log.warn({ why, from: request.socket.remoteAddress }, "console.refused");
    refuse(response, 401);
  };
  if (Number(request.headers["content-length"] ?? 0) > LONGEST_BODY) return refuse(response, 413);
  // Before the body is read, so that a client whose headers are not Slack's cannot make the bot read it.
  const unsigned = headersSuspicion(request, options);
  if (unsigned) return suspect(unsigned);
  const body = await readBody(request);
  if (typeof body === "string") return refuse(response, body === "too long" ? 413 : 503);
  const forged = bodySuspicion(request, body, options);
  if (forged) return suspect(forged);
  if (await isReplayed(request, options, CHECK_WITHIN)) return suspect("it came before");
  // Where Bolt looks for a body that was already read.
  bolt.requestListener(Object.assign(request, { rawBody: body }), response);
}

function refuse(response: ServerResponse, status: number): void {
  if (response.headersSent) return void response.destroy();
  response.writeHead(status, { connection: "close" }).end();
}
