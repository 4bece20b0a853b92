import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { Log } from "../../src/log.ts";
import { redact } from "../../src/redact.ts";
import { SECOND } from "../../src/time/time.ts";
import { type Address, closeServer, listenOn } from "./listen.ts";

/** The response of a path. */
export interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
}

/** The pages by path. */
export type Pages = Readonly<Record<string, () => Promise<Page>>>;

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Readers need no more than this, so that slow or many clients take nothing from the workers. */
const LIMITS = {
  maxHeaderSize: 8_192,
  headersTimeout: 5 * SECOND,
  requestTimeout: 10 * SECOND,
  keepAliveTimeout: 5 * SECOND,
  connectionsCheckingInterval: SECOND,
} as const;
const MOST_CONNECTIONS = 50;

/** Serves read-only pages. Throws InputError when it cannot listen on the address. */
export async function startHttp(
  address: Address,
  pages: Pages,
  log: Pick<Log, "error">,
): Promise<HttpServer> {
  const server = createServer(LIMITS, (request, response) => {
    answer(request, pages).then(
      (page) => send(response, request, page),
      (error: unknown) => {
        log.error({ path: request.url, error: redact(String(error)) }, "http.failed");
        send(response, request, plain(500, "something went wrong. See the log"));
      },
    );
  });
  server.maxConnections = MOST_CONNECTIONS;
  const url = await listenOn(
    server,
    address,
    "set another HTTP_PORT or HTTP_HOST, or leave HTTP_PORT out, since the bot works without",
  );
  return { url, close: () => closeServer(server) };
}

async function answer(request: IncomingMessage, pages: Pages): Promise<Page> {
  const { method, url = "/", headers } = request;
  if (method !== "GET" && method !== "HEAD") return plain(405, "only GET and HEAD are allowed");
  if (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0) {
    return plain(413, "a request body is not allowed");
  }
  const path = url.split("?", 1)[0]!;
  return Object.hasOwn(pages, path) ? pages[path]!() : plain(404, Object.keys(pages).join("\n"));
}

const plain = (status: number, text: string): Page => ({
  status,
  type: "text/plain; charset=utf-8",
  body: `${text}\n`,
});

function send(response: ServerResponse, { method }: IncomingMessage, { status, type, body }: Page): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    // A refused request may have a body that nothing reads.
    ...(status === 405 && { allow: "GET, HEAD" }),
    ...((status === 405 || status === 413) && { connection: "close" }),
  });
  response.end(method === "HEAD" ? undefined : body);
}
