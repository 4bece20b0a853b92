import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { hangUpAll, listenOnLoopback } from "../loopback.ts";
import { createFaults, type Faults } from "../slack/faults.ts";
import { type Kind, kinds, type Received, takeBy } from "./kinds.ts";

/** A local PagerDuty, incident.io, Jira Service Management, Alertmanager and receiver of webhooks. */
export interface DestinationSimulator {
  readonly url: string;
  /** The address that a destination of this kind is configured with. */
  addressOf(kind: Kind): string;
  /** What goes wrong, by kind instead of by method. */
  readonly faults: Faults;
  /** The requests that were taken, of one kind or of all, oldest first. */
  received(kind?: Kind): readonly Received[];
  /** The alerts that a kind has, by their name, as its people see them: a repeated request changes nothing. */
  alerts(kind: Kind): ReadonlyMap<string, SimulatedAlert>;
  /** Refuses connections until `up` is called. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** An alert, and each time at which people were called. */
export interface SimulatedAlert {
  readonly state: "open" | "acknowledged" | "resolved";
  /** The summaries with which people were called: when it opened, or opened again. */
  readonly calls: readonly string[];
}

/** Starts it on the loopback interface. Each kind takes only the key that `secrets` names. */
export async function startDestinations(clock = Date.now): Promise<DestinationSimulator> {
  const faults = createFaults(clock);
  const all: Received[] = [];
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });

  async function serve(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const kind = (Object.keys(kinds) as Kind[]).find((one) => pathname.startsWith(kinds[one].path));
    if (!kind) return end(response, 404, "not found");
    if (request.method === "HEAD") return end(response, 405);
    if (request.method === "GET")
      return end(response, 200, JSON.stringify({ versionInfo: { version: "0.28.1" } }));
    const body = await textOf(request);
    const fault = faults.take(kind);
    if (fault?.kind === "rate-limit") {
      response.setHeader("retry-after", String(fault.retryAfter));
      return end(response, 429, "too many");
    }
    const take = () => takeBy(kind, { path: request.url ?? "", headers: request.headers, body }, clock());
    const isStored = fault && "stored" in fault && fault.stored;
    if (fault && isStored) all.push({ ...take().received, at: clock() });
    if (fault?.kind === "stall") return;
    if (fault?.kind === "drop") return void request.socket.destroy();
    if (fault?.kind === "status") return end(response, fault.status, "a fault");
    if (fault) return end(response, 200, "{");
    const { received, refusal } = take();
    if (refusal) return end(response, refusal.status, refusal.why);
    all.push({ ...received, at: clock() });
    end(response, kinds[kind].accepted, '{"status":"success"}');
  }

  const hangUp = () => hangUpAll(server);
  await listenOnLoopback(server, 0);
  const { port } = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${port}`;
  const received = (kind?: Kind) => all.filter((one) => kind === undefined || one.kind === kind);
  return {
    url,
    addressOf: (kind) => url + kinds[kind].address,
    faults,
    received,
    alerts: (kind) => alertsOf(received(kind)),
    down: hangUp,
    up: () => listenOnLoopback(server, port),
    close: hangUp,
  };
}

/** How each kind groups what it took: by its key, a repetition is no news. */
function alertsOf(received: readonly Received[]): Map<string, SimulatedAlert> {
  const alerts = new Map<string, SimulatedAlert>();
  const seen = new Set<string>();
  for (const { key, action, summary, messageId } of received) {
    // Only a webhook names its messages; the others go by the state of the alert.
    if (messageId !== undefined && seen.has(messageId)) continue;
    if (messageId !== undefined) seen.add(messageId);
    const known = alerts.get(key);
    const isOpen = known !== undefined && known.state !== "resolved";
    if (action === "trigger" && !isOpen)
      alerts.set(key, { state: "open", calls: [...(known?.calls ?? []), summary] });
    else if (isOpen && action !== "trigger")
      alerts.set(key, { ...known, state: action === "resolve" ? "resolved" : "acknowledged" });
  }
  return alerts;
}

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

function end(response: ServerResponse, status: number, body = ""): void {
  response.writeHead(status, { "content-type": "application/json" });
  response.end(body);
}
