import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { Instant } from "../../src/time/time.ts";
import { hangUpAll, listenOnLoopback } from "../loopback.ts";
import { type ApiCall, serveApi } from "./api.ts";
import type { Channel } from "./channel.ts";
import { createFaults, type Faults } from "./faults.ts";
import type { SlashCommand } from "./interaction/acts.ts";
import { serveHook } from "./interaction/hooks.ts";
import { type AppSide, createInteraction, type People } from "./interaction/interaction.ts";
import type { SlackMessage } from "./message.ts";
import type { Shortcut } from "./page/draw.ts";
import { servePage } from "./page/serve.ts";
import type { Person, UserGroup } from "./people.ts";
import { createRateLimits } from "./rate-limits.ts";
import { serveFile, takeUpload } from "./uploads.ts";
import type { Untouched } from "./views/view.ts";
import { createWorkspace, type Workspace } from "./workspace.ts";

/** The bot token that the simulator takes unless told another. */
export const SIMULATED_TOKEN = "xoxb-simulated-token";
/** The app-level token and the signing secret, likewise. */
export const SIMULATED_APP_TOKEN = "xapp-simulated-token";
export const SIMULATED_SECRET = "simulated-signing-secret";

export const ALL_SCOPES = [
  "commands",
  "chat:write",
  "im:write",
  "users:read",
  "usergroups:read",
  "team:read",
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
  readonly appToken?: string;
  readonly signingSecret?: string;
  /** @default an owner, two members and two guests */
  readonly people?: readonly Person[];
  readonly groups?: readonly UserGroup[];
  /** @default `/tidewatch` */
  readonly commands?: readonly SlashCommand[];
  /** What the app adds to the menu of each message. @default nothing */
  readonly shortcuts?: readonly Shortcut[];
  /** The events that the app subscribes to. @default direct messages; invitations, mentions and its Home it always receives */
  readonly events?: readonly string[];
  /** Where the app listens over HTTP. @default none: Socket Mode */
  readonly requestUrl?: string;
  /** How long the app may take to acknowledge, in milliseconds. @default 3_000 */
  readonly ackWithin?: number;
  /** How long a trigger id can be used, in milliseconds. @default 3_000 */
  readonly triggerLife?: number;
  /** How long an unacknowledged event waits before each further try, in milliseconds. @default 0, 1 min, 5 min */
  readonly retryAfter?: readonly number[];
  /** What messages are dated by. */
  readonly clock?: () => Instant;
  /** What deadlines, signatures and rate limits go by. @default real time */
  readonly wallClock?: () => Instant;
}

/** A local Slack: its Web API under `apiUrl`, and the channels to look at under `url`. */
export interface SlackSimulator extends People {
  readonly url: string;
  readonly apiUrl: string;
  readonly token: string;
  readonly appToken: string;
  readonly signingSecret: string;
  /** How the app is reached. */
  readonly app: AppSide;
  readonly faults: Faults;
  /** Roots and replies of a channel, oldest first. */
  messages(channel: string): readonly SlackMessage[];
  /** The calls that came in, of one method or of all. */
  calls(method?: string): readonly ApiCall[];
  /** An admin takes the app out of the workspace: its tokens end, and it is told. */
  uninstall(): Promise<void>;
  /** From now on calls are refused for which the rule answers a code, with that code; answers are calls of `response_url`. */
  refuse(rule: (call: ApiCall) => string | undefined): void;
  /** Whether calls are limited in number as Slack limits them. */
  limitRates(on: boolean): void;
  /** Somebody deletes a message. */
  remove(channel: string, ts: string): void;
  /** Somebody archives a channel, or takes the bot out of it. */
  change(channel: string, change: Partial<Omit<Channel, "id">>): void;
  /** Somebody changes the app's scopes. */
  grant(scopes: readonly string[]): void;
  /** What Slack does with files and charts changes. */
  readonly files: Pick<Workspace["files"], "switch" | "file" | "isShown" | "kept">;
  /** What views that are drawn anew tell of fields that nobody touched; nothing: what stands in them, as they should. */
  sendUntouched(as?: Untouched): void;
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
    appToken = SIMULATED_APP_TOKEN,
    signingSecret = SIMULATED_SECRET,
    clock = Date.now,
    wallClock = Date.now,
  } = options;
  const faults = createFaults(clock);
  const scopes = new Set(options.scopes ?? ALL_SCOPES);
  const calls: ApiCall[] = [];
  const workspace = createWorkspace({ ...options, channels, clock, wallClock });
  const rateLimits = createRateLimits(wallClock);
  let revoked: string | undefined;
  let refusal: (call: ApiCall) => string | undefined = () => undefined;

  let url = "";
  const interaction = createInteraction(workspace, () => url, { ...options, signingSecret, wallClock });
  const page = {
    workspace,
    people: interaction.people,
    commands: interaction.acting.commands.map(({ command }) => command),
    shortcuts: options.shortcuts ?? [],
  };
  const api = {
    workspace,
    faults,
    scopes,
    calls,
    rateLimits,
    tokens: { bot: token, app: appToken },
    revoked: () => revoked,
    refusal: (call: ApiCall) => refusal(call),
    connect: () => url.replace("http", "ws") + interaction.sockets.ticket(),
  };
  const server = createServer((request, response) => {
    serve(request, response).catch((error: unknown) => {
      if (!response.headersSent) response.writeHead(500);
      response.end(String(error));
    });
  });
  async function serve(request: IncomingMessage, response: ServerResponse) {
    const { pathname } = new URL(request.url ?? "/", "http://localhost");
    const method = /^\/api\/([A-Za-z.]+)$/.exec(pathname)?.[1];
    if (method) return serveApi(method, request, response, { ...api, url });
    const hook = /^\/hooks\/(\d+)$/.exec(pathname)?.[1];
    if (hook) return serveHook(hook, request, response, workspace, api.refusal);
    const [, deduplicator, file] = /^\/(upload\/v1|files)\/(F[A-Z0-9]+)$/.exec(pathname) ?? [];
    if (deduplicator === "files") return serveFile(file!, response, workspace);
    if (deduplicator && request.method === "POST") return takeUpload(file!, request, response, workspace);
    return servePage(pathname, request, response, page);
  }

  server.on("upgrade", interaction.sockets.upgrade);
  const hangUp = () => {
    const closed = hangUpAll(server);
    interaction.sockets.cut();
    return closed;
  };
  await listenOnLoopback(server, options.port ?? 0);
  const { port } = server.address() as AddressInfo;
  url = `http://127.0.0.1:${port}`;

  return {
    url,
    apiUrl: `${url}/api/`,
    token,
    appToken,
    signingSecret,
    ...interaction.people,
    app: interaction.app,
    faults,
    messages: workspace.messages,
    calls: (method) => calls.filter((call) => method === undefined || call.method === method),
    files: workspace.files,
    async uninstall() {
      revoked = "account_inactive";
      await interaction.uninstall();
    },
    refuse(rule) {
      refusal = rule;
    },
    limitRates: rateLimits.turn,
    sendUntouched: workspace.views.sendUntouched,
    remove: workspace.remove,
    change: workspace.change,
    grant(granted) {
      scopes.clear();
      for (const scope of granted) scopes.add(scope);
    },
    down: hangUp,
    up: () => listenOnLoopback(server, port),
    close() {
      interaction.stop();
      return hangUp();
    },
  };
}
