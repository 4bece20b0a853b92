import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { Log } from "../../src/log.ts";
import { redact } from "../../src/redact.ts";
import { bodyReader } from "../../src/request-body.ts";
import { type Address, CLIENT_TIMEOUTS, closeServer, listenOn } from "./listen.ts";

/** The response of a path. */
export interface Page {
  readonly status: number;
  readonly type: string;
  readonly body: string;
  /** The methods allowed, where another one was used. @default those of a page */
  readonly allow?: string;
}

/** The pages by path. */
export type Pages = Readonly<Record<string, () => Promise<Page>>>;

/** What takes the posts to a path. */
export interface Receiver {
  /** How many bytes a body may have. */
  readonly longest: number;
  /** The response to a request that is refused before its body is read. */
  refusal(headers: IncomingHttpHeaders): Page | undefined;
  receive(headers: IncomingHttpHeaders, body: Buffer): Promise<Page>;
}

/** The receivers by path. */
export type Receivers = Readonly<Record<string, Receiver>>;

export interface HttpServer {
  readonly url: string;
  close(): Promise<void>;
}

/** Readers need no more than this. */
const LIMITS = { ...CLIENT_TIMEOUTS, maxHeaderSize: 8_192 } as const;
const MOST_CONNECTIONS = 50;

/** The memory for unchecked bodies in all. */
const MOST_IN_BODIES = 1_000_000;

/** Serves read-only pages, and receives posts. Throws InputError when it cannot listen on the address. */
export async function startHttp(
  address: Address,
  pages: Pages,
  log: Pick<Log, "error">,
  receivers: Receivers = {},
): Promise<HttpServer> {
  const readBody = Object.fromEntries(
    Object.entries(receivers).map(([path, { longest }]) => [
      path,
      bodyReader({ longest, total: MOST_IN_BODIES, free: 0 }),
    ]),
  );
  const respond = (request: IncomingMessage): Promise<Page> => {
    const path = pathOf(request);
    return request.method === "POST" && Object.hasOwn(receivers, path)
      ? received(request, receivers[path]!, readBody[path]!)
      : answer(request, pages, receivers);
  };
  const server = createServer(LIMITS, (request, response) => {
    respond(request).then(
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

const pathOf = ({ url = "/" }: IncomingMessage): string => url.split("?", 1)[0]!;

async function received(
  request: IncomingMessage,
  receiver: Receiver,
  readBody: ReturnType<typeof bodyReader>,
): Promise<Page> {
  const { headers } = request;
  const refusal = receiver.refusal(headers);
  if (refusal) return refusal;
  const body = await readBody(request);
  if (body === "too long") return plain(413, `a body of at most ${receiver.longest} bytes is allowed`);
  if (body === "too many") return plain(503, "too many requests at once. Send it again");
  return receiver.receive(headers, body);
}

async function answer(request: IncomingMessage, pages: Pages, receivers: Receivers): Promise<Page> {
  const { method, headers } = request;
  const path = pathOf(request);
  if (Object.hasOwn(receivers, path)) return { ...plain(405, "only POST is allowed"), allow: "POST" };
  if (method !== "GET" && method !== "HEAD") return plain(405, "only GET and HEAD are allowed");
  if (headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0) {
    return plain(413, "a request body is not allowed");
  }
  return Object.hasOwn(pages, path) ? pages[path]!() : plain(404, Object.keys(pages).join("\n"));
}

const plain = (status: number, text: string): Page => ({
  status,
  type: "text/plain; charset=utf-8",
  body: `${text}\n`,
});

function send(
  response: ServerResponse,
  { method }: IncomingMessage,
  { status, type, body, allow = "GET, HEAD" }: Page,
): void {
  response.writeHead(status, {
    "content-type": type,
    "content-length": Buffer.byteLength(body),
    "cache-control": "no-store",
    "x-content-type-options": "nosniff",
    // A refused request may have a body that nothing reads.
    ...(status === 405 && { allow }),
    ...((method === "POST" ? status >= 400 : status === 405 || status === 413) && { connection: "close" }),
  });
  response.end(method === "HEAD" ? undefined : body);
}
