import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { type BrazeControl, type BrazeTraits, simulatedBraze } from "./simulated-braze.ts";
import { send } from "./wire.ts";

export interface SimulatorOptions extends BrazeTraits {
  /** On loopback; 0 for any that is free. @default 0 */
  readonly port?: number;
  /** How long each answer takes, in milliseconds. @default 0 */
  readonly latency?: number;
}

/** A request the simulator has answered. */
export interface SeenRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Undefined where the answer went wrong on the wire. */
  readonly status?: number;
}

/** Changes and watches a simulator while it runs. */
export interface SimulatorControl extends BrazeControl {
  /** The newest thousand requests, oldest first. */
  seen(): readonly SeenRequest[];
  /** How many requests came in all. */
  requests(): number;
}

export interface Simulator {
  readonly url: string;
  readonly control: SimulatorControl;
  close(): Promise<void>;
}

const SEEN_AT_MOST = 1_000;

/** Starts a Braze on loopback: real HTTP, the documented contract, and every unknown of it a switch. */
export async function startBrazeSimulator({
  port = 0,
  latency = 0,
  ...traits
}: SimulatorOptions): Promise<Simulator> {
  const braze = simulatedBraze(traits);
  const seen: SeenRequest[] = [];
  let requests = 0;

  const server = createServer((request, response) => {
    // What is no address at all, such as `//`, is one that there is not.
    const { pathname: path, searchParams: query } =
      URL.parse(request.url ?? "/", "http://simulator") ?? new URL("http://simulator/");
    const reply = braze.answer({ method: request.method ?? "", path, query, key: keyOf(request) });
    requests += 1;
    seen.push({ path, query: Object.fromEntries(query), ...(!reply.mishap && { status: reply.status }) });
    if (seen.length > SEEN_AT_MOST) seen.shift();
    if (latency > 0) setTimeout(() => send(response, reply), latency);
    else send(response, reply);
  });
  server.listen(port, "127.0.0.1");
  await once(server, "listening");

  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    control: { ...braze.control, seen: () => seen, requests: () => requests },
    async close() {
      const closed = once(server, "close");
      server.close();
      // Those that stall on purpose would keep it open.
      server.closeAllConnections();
      await closed;
    },
  };
}

const keyOf = ({ headers }: IncomingMessage): string =>
  /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "";
