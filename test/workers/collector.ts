import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";

/** A span, as far as the tests look at it. */
export interface SeenSpan {
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly name: string;
  readonly attributes: readonly { readonly key: string; readonly value: Readonly<Record<string, unknown>> }[];
}

/** A collector of traces on the loopback interface. */
export interface Collector {
  readonly url: string;
  readonly spans: SeenSpan[];
  /** Everything that came, headers of the last request included. */
  readonly received: () => string;
  close(): Promise<void>;
}

interface Sent {
  readonly resourceSpans: { readonly scopeSpans: { readonly spans: SeenSpan[] }[] }[];
}

/** Takes OTLP over HTTP at `/v1/traces`. */
export async function startCollector(): Promise<Collector> {
  const spans: SeenSpan[] = [];
  const received: string[] = [];
  const server = createServer(async (request, response) => {
    const pieces: Buffer[] = [];
    for await (const piece of request) pieces.push(piece as Buffer);
    const body = Buffer.concat(pieces).toString();
    received.push(JSON.stringify(request.headers), body);
    if (request.url === "/v1/traces")
      for (const { scopeSpans } of (JSON.parse(body) as Sent).resourceSpans)
        spans.push(...scopeSpans.flatMap((scope) => scope.spans));
    response.writeHead(200, { "content-type": "application/json" }).end("{}");
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    spans,
    received: () => received.join("\n"),
    async close() {
      server.close();
      server.closeAllConnections();
    },
  };
}
