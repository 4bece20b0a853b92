import { once } from "node:events";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import type { Hour, Instant } from "../../core/time.ts";
import { type Fault, faultyReply, scriptedFaults } from "./faults.ts";
import type { ScriptedIncident, Target } from "./incidents.ts";
import { rateLimit } from "./rate-limit.ts";
import { type Reply, replies } from "./replies.ts";
import { routes, targetOf } from "./routes.ts";
import type { Surroundings } from "./series.ts";
import { defaultSwitches, type Switches } from "./switches.ts";
import { send } from "./wire.ts";
import { type SimulatedApp, type SimulatedSegment, sessionsOf } from "./workspace.ts";

/** What the simulated Braze is like. */
export interface SimulatorOptions {
  readonly apps: readonly SimulatedApp[];
  readonly segments?: readonly SimulatedSegment[];
  readonly incidents?: readonly ScriptedIncident[];
  readonly switches?: Partial<Switches>;
  /** IANA zone of the company. @default "UTC" */
  readonly zone?: string;
  /** How far back hours go where the switch `history` limits them. @default 720, thirty days */
  readonly historyHours?: number;
  /** @default "simulated-braze-key" */
  readonly apiKey?: string;
  /** @default all there are */
  readonly permissions?: readonly string[];
  /** Requests a clock hour. @default 250000 */
  readonly requestsPerHour?: number;
  /** @default Date.now */
  readonly clock?: () => Instant;
  /** On loopback; 0 for any that is free. @default 0 */
  readonly port?: number;
}

/** A request the simulator has answered. */
export interface SeenRequest {
  readonly path: string;
  readonly query: Readonly<Record<string, string>>;
  /** Undefined where the answer went wrong on the wire. */
  readonly status?: number;
}

/** Changes and watches a simulator while it runs. */
export interface SimulatorControl {
  /** Lets requests fail from now on; answers how to lift it. */
  fail(fault: Fault): () => void;
  /** Lifts all faults. */
  heal(): void;
  /** Lets something happen to the counts, be it in the past or in the future. */
  happen(incident: ScriptedIncident): void;
  turn(switches: Partial<Switches>): void;
  /** The key and permissions that count from now on. */
  useKey(apiKey: string, permissions?: readonly string[]): void;
  /** Lets others use up requests of this clock hour. */
  spend(requests: number): void;
  /** The sessions of a UTC hour, once all have arrived: what a client should come to know. */
  sessions(series: Target, hour: Hour): number;
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

const ALL_PERMISSIONS = Object.values(routes).map(({ permission }) => permission);
const SEEN_AT_MOST = 1_000;

/** Starts a Braze on loopback: real HTTP, the documented contract, and every unknown of it a switch. */
export async function startBrazeSimulator(options: SimulatorOptions): Promise<Simulator> {
  const { clock = Date.now, zone = "UTC", historyHours = 720 } = options;
  const workspace = {
    apps: options.apps,
    segments: options.segments ?? [],
    incidents: [...(options.incidents ?? [])],
  };
  let switches: Switches = { ...defaultSwitches, ...options.switches };
  let apiKey = options.apiKey ?? "simulated-braze-key";
  let permissions = options.permissions ?? ALL_PERMISSIONS;
  let requests = 0;
  const limit = rateLimit(options.requestsPerHour ?? 250_000);
  const faults = scriptedFaults();
  const seen: SeenRequest[] = [];

  const surroundings = (): Surroundings => ({ workspace, switches, zone, historyHours, now: clock() });

  const server = createServer((request, response) => {
    const url = new URL(request.url ?? "/", "http://simulator");
    const reply = answer(request, url);
    requests += 1;
    seen.push({
      path: url.pathname,
      query: Object.fromEntries(url.searchParams),
      ...(!reply.mishap && { status: reply.status }),
    });
    if (seen.length > SEEN_AT_MOST) seen.shift();
    send(response, reply);
  });

  function answer(request: IncomingMessage, url: URL): Reply {
    const now = clock();
    const key = keyOf(request);
    const fault = faults.next(targetOf(url.searchParams), now);
    const good = inOrder(request, url, key, now);
    const reply = fault ? faultyReply(fault, key, good) : good;
    // A reply's own headers win, so that a 401 has empty ones and a fault may have none.
    return { ...reply, headers: { ...(!fault?.headers && limit.headers(now)), ...reply.headers } };
  }

  function inOrder(request: IncomingMessage, url: URL, key: string, now: Instant): Reply {
    const route = request.method === "GET" ? routes[url.pathname] : undefined;
    if (!route) return replies.wrongUrl();
    if (key !== apiKey) return replies.wrongKey(key);
    if (!permissions.includes(route.permission)) return replies.noPermission(route.permission);
    if (!limit.spend(now, 1)) return replies.rateLimited();
    return route.answer(url.searchParams, surroundings());
  }

  server.listen(options.port ?? 0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    async close() {
      const closed = once(server, "close");
      server.close();
      server.closeAllConnections();
      await closed;
    },
    control: {
      fail: faults.add,
      heal: faults.clear,
      happen(incident) {
        workspace.incidents.push(incident);
      },
      turn(changed) {
        switches = { ...switches, ...changed };
      },
      useKey(newKey, newPermissions = permissions) {
        apiKey = newKey;
        permissions = newPermissions;
      },
      spend(others) {
        limit.spend(clock(), others);
      },
      sessions: (series, hour) => sessionsOf(workspace, series, hour),
      seen: () => seen,
      requests: () => requests,
    },
  };
}

const keyOf = ({ headers }: IncomingMessage): string =>
  /^Bearer (.+)$/.exec(headers.authorization ?? "")?.[1] ?? "";
