import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Instant } from "../../core/time.ts";
import { type ApiCall, serveApi } from "./api.ts";
import { createFaults, type Faults } from "./faults.ts";
import { servePage } from "./page/serve.ts";
import { serveFile, takeUpload } from "./uploads.ts";
import { type Channel, createWorkspace, type SlackMessage, type Workspace } from "./workspace.ts";

/** The bot token that the simulator takes unless told another. */
export const SIMULATED_TOKEN = "xoxb-simulated-token";

const ALL_SCOPES = [
  "chat:write",
  "channels:history",
  "groups:history",
  "channels:read",
  "groups:read",
  "files:write",
  "files:read",
];

export interface SlackSimulatorOptions {
  /** @default a free one */
  readonly port?: number;
  /** @default one channel, #alerts */
  readonly channels?: readonly Channel[];
  /** @default all that Tidewatch asks for */
  readonly scopes?: readonly string[];
  readonly token?: string;
  readonly clock?: () => Instant;
}

/** A local Slack: its Web API under `apiUrl`, and the channels to look at under `url`. */
export interface SlackSimulator {
  readonly url: string;
  readonly apiUrl: string;
  readonly token: string;
  readonly faults: Faults;
  /** Roots and replies of a channel, oldest first. */
  messages(channel: string): readonly SlackMessage[];
  /** The calls that came in, of one method or of all. */
  calls(method?: string): readonly ApiCall[];
  /** Somebody deletes a message. */
  remove(channel: string, ts: string): void;
  /** Somebody archives a channel, or takes the bot out of it. */
  change(channel: string, change: Partial<Omit<Channel, "id">>): void;
  /** Somebody changes the app's scopes. */
  grant(scopes: readonly string[]): void;
  /** What Slack does with files and charts changes. */
  readonly files: Pick<Workspace["files"], "switch" | "file">;
  /** Refuses connections until `up` is called. */
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
}

/** Starts a local Slack on the loopback interface. */
export async function startSlackSimulator(options: SlackSimulatorOptions = {}): Promise<SlackSimulator> {
  const {
    channels = [{ id: "C0ALERTS1", name: "alerts" }],
    token = SIMULATED_TOKEN,
    clock = Date.now,
  } = options;
  const faults = createFaults(clock);
  const scopes = new Set(options.scopes ?? ALL_SCOPES);
  const calls: ApiCall[] = [];
  const workspace = createWorkspace(channels, clock);

  let url = "";
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  async function serve(request: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const method = /^\/api\/([A-Za-z.]+)$/.exec(pathname)?.[1];
    if (method) return serveApi(method, request, response, { workspace, faults, token, scopes, calls, url });
    const [, door, file] = /^\/(upload\/v1|files)\/(F[A-Z0-9]+)$/.exec(pathname) ?? [];
    if (door === "files") return serveFile(file!, response, workspace);
    if (door && request.method === "POST") return takeUpload(file!, request, response, workspace);
    return servePage(pathname, request, response, workspace);
  }

  const listen = (port: number) =>
    new Promise<void>((done, fail) => {
      server.once("error", fail);
      server.listen(port, "127.0.0.1", () => {
        server.off("error", fail);
        done();
      });
    });
  const hangUp = () =>
    new Promise<void>((done) => {
      server.close(() => done());
      server.closeAllConnections();
    });
  await listen(options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;

  return {
    url,
    apiUrl: `${url}/api/`,
    token,
    faults,
    messages: workspace.messages,
    calls: (method) => calls.filter((call) => method === undefined || call.method === method),
    files: workspace.files,
    remove: workspace.remove,
    change: workspace.change,
    grant(granted) {
      scopes.clear();
      for (const scope of granted) scopes.add(scope);
    },
    down: hangUp,
    up: () => listen(port),
    close: hangUp,
  };
}
