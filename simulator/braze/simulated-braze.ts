import type { Pool } from "../../src/metrics/metric.ts";
import { type Hour, type Instant, MINUTE } from "../../src/time/time.ts";
import { type Fault, faultyReply, scriptedFaults } from "./faults.ts";
import type { ScriptedIncident, Target } from "./incidents.ts";
import { type RateLimit, rateLimit } from "./rate-limit.ts";
import { type Reply, replies } from "./replies.ts";
import { routes, targetOf } from "./routes.ts";
import { defaultSwitches, defaultWriting, type Switches, type Writing } from "./switches.ts";
import { countOf } from "./values.ts";
import {
  type SimulatedApp,
  type SimulatedEvent,
  type SimulatedMessages,
  type SimulatedProduct,
  type SimulatedSegment,
  type SimulatedSend,
  sessionsOf,
} from "./workspace.ts";

/** What the simulated Braze is like. */
export interface BrazeTraits {
  readonly apps: readonly SimulatedApp[];
  readonly segments?: readonly SimulatedSegment[];
  readonly events?: readonly SimulatedEvent[];
  readonly products?: readonly SimulatedProduct[];
  readonly campaigns?: readonly SimulatedMessages[];
  readonly canvases?: readonly SimulatedMessages[];
  readonly sends?: readonly SimulatedSend[];
  readonly incidents?: readonly ScriptedIncident[];
  readonly switches?: Partial<Switches & Writing>;
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
  /** Those of purchases and of the lists of events and products. @default 1000 */
  readonly purchaseRequestsPerHour?: number;
  /** Those of the figures of campaigns. @default 50000 */
  readonly campaignRequestsPerMinute?: number;
  /** @default Date.now */
  readonly clock?: () => Instant;
}

/** Changes a simulator while it runs. */
export interface BrazeControl {
  /** Lets requests fail from now on; answers how to lift it. */
  fail(fault: Fault): () => void;
  /** Lifts all faults. */
  heal(): void;
  /** Lets something happen to the counts, be it in the past or in the future. */
  happen(incident: ScriptedIncident): void;
  turn(switches: Partial<Switches & Writing>): void;
  /** Archives or deletes an event, product, campaign or Canvas: it is listed no longer. */
  retire(id: string): void;
  /** The key and permissions that count from now on. */
  useKey(apiKey: string, permissions?: readonly string[]): void;
  /** Lets others use up requests of this clock hour. @param pool which requests; left out: the default pool */
  spend(requests: number, pool?: Pool): void;
  /** The most requests of a pool in one clock hour, or minute, refused ones included. */
  most(pool?: Pool): number;
  /** The sessions of a UTC hour, once all have arrived: what a client should come to know. */
  sessions(series: Target, hour: Hour): number;
  /** The same of any metric that has hours. */
  value(series: Target, hour: Hour): number;
}

/** A request, as far as Braze looks at it. */
export interface BrazeRequest {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly key: string;
}

/** A Braze without a network: what it answers, and how to change that. */
export interface SimulatedBraze {
  answer(request: BrazeRequest): Reply;
  readonly control: BrazeControl;
}

const ALL_PERMISSIONS = Object.values(routes).map(({ permission }) => permission);

const incidentOf = ({ time, hours = 0, size = 0 }: SimulatedSend): ScriptedIncident => ({
  series: {},
  kind: "spike",
  from: time,
  hours,
  size,
});

export function simulatedBraze(traits: BrazeTraits): SimulatedBraze {
  const { clock = Date.now, zone = "UTC", historyHours = 720 } = traits;
  const workspace = {
    apps: new Map(traits.apps.map((app) => [app.id, app])),
    segments: traits.segments ?? [],
    events: traits.events ?? [],
    products: traits.products ?? [],
    campaigns: traits.campaigns ?? [],
    canvases: traits.canvases ?? [],
    retired: new Set<string>(),
    sends: traits.sends ?? [],
    incidents: [...(traits.incidents ?? []), ...(traits.sends ?? []).map(incidentOf)],
  };
  const ofAll = rateLimit(traits.requestsPerHour ?? 250_000);
  const ofPurchases = rateLimit(traits.purchaseRequestsPerHour ?? 1_000);
  const ofCampaigns = rateLimit(traits.campaignRequestsPerMinute ?? 50_000, MINUTE);
  const pools: Partial<Record<Pool, RateLimit>> = { purchases: ofPurchases, campaigns: ofCampaigns };
  const limitOf = (pool: Pool = "default") => pools[pool] ?? ofAll;
  const faults = scriptedFaults();
  let switches: Switches & Writing = { ...defaultSwitches, ...defaultWriting, ...traits.switches };
  let apiKey = traits.apiKey ?? "simulated-braze-key";
  let permissions = traits.permissions ?? ALL_PERMISSIONS;

  function goodAnswer({ method, path, query, key }: BrazeRequest, now: Instant): Reply {
    const route = method === "GET" ? routes[path] : undefined;
    if (!route) return replies.wrongUrl();
    if (key !== apiKey) return replies.wrongKey(key);
    if (!permissions.includes(route.permission)) return replies.noPermission(route.permission);
    if (!limitOf(route.pool).spend(now, 1)) return replies.rateLimited();
    return route.answer(query, { workspace, switches, writing: switches, zone, historyHours, now });
  }

  return {
    answer(request) {
      const now = clock();
      const route = routes[request.path];
      const fault = faults.next(
        { ...targetOf(request.query), ...(route?.metric && { metric: route.metric }) },
        now,
      );
      const good = goodAnswer(request, now);
      const reply = fault
        ? faultyReply(fault, { key: request.key, permission: route?.permission ?? "" }, good)
        : good;
      // A reply's own headers win, so that a 401 has empty ones and a fault may have none.
      return {
        ...reply,
        headers: { ...(!fault?.headers && limitOf(route?.pool).headers(now)), ...reply.headers },
      };
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
      retire(id) {
        workspace.retired.add(id);
      },
      useKey(newKey, newPermissions = permissions) {
        apiKey = newKey;
        permissions = newPermissions;
      },
      spend(others, pool) {
        limitOf(pool).spend(clock(), others);
      },
      most: (pool) => limitOf(pool).most(),
      sessions: (series, hour) => sessionsOf(workspace, series, hour),
      value: (series, hour) => countOf(workspace, series, hour),
    },
  };
}
