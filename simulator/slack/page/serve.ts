import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { Channel } from "../channel.ts";
import type { People } from "../interaction/interaction.ts";
import type { Workspace } from "../workspace.ts";
import { serveDeed } from "./do.ts";
import type { Shortcut } from "./draw.ts";

const here = (file: string) => new URL(file, import.meta.url);
const sheets = ["style", "controls", "dialog"].map((name) => `${name}.css`);
const scripts = ["client", "times", "list", "fields", "act", "modal", "combobox", "confirm"].map(
  (name) => `${name}.js`,
);

const assets: Record<string, { readonly type: string; readonly file: () => URL }> = {
  ...Object.fromEntries(sheets.map((name) => [name, { type: "text/css", file: () => here(name) }])),
  ...Object.fromEntries(
    scripts.map((name) => [name, { type: "text/javascript", file: () => here(`client/${name}`) }]),
  ),
  "blocks.css": {
    type: "text/css",
    file: () => new URL("style.css", import.meta.resolve("slack-blocks-to-jsx")),
  },
};

// Whatever a message holds, the page loads and runs nothing but its own files.
const headers = {
  "content-security-policy":
    "default-src 'none'; style-src 'self' 'unsafe-inline'; script-src 'self'; connect-src 'self'; img-src 'self' data:",
  "x-content-type-options": "nosniff",
  "cache-control": "no-store",
};

/** Serves the page on which the simulated Slack is used. */
export async function servePage(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  { workspace, people, commands, shortcuts }: Served,
): Promise<void> {
  const asset = assets[/^\/assets\/([a-z.]+)$/.exec(path)?.[1] ?? ""];
  if (asset) return send(response, asset.type, await readFile(fileURLToPath(asset.file()), "utf8"));
  if (path === "/events") return serveEvents(request, response, workspace);
  const person = personIn(request, workspace);
  const deed = /^\/do\/([a-z]+)$/.exec(path)?.[1];
  if (deed && request.method === "POST") return serveDeed(deed, request, response, person.id, people);

  // React is loaded only once somebody looks.
  const [{ drawMessages }, { drawPage }, { drawDialog, drawHome }] = await Promise.all([
    import("./draw.ts"),
    import("./page.ts"),
    import("./dialog.ts"),
  ]);
  if (path === "/dialog") {
    return send(response, "text/html", drawDialog(workspace.views.of(person.id), workspace));
  }
  const [, tab, part] = /^\/(home)(?:\/(view))?$/.exec(path) ?? [];
  const channel = tab ? workspace.dm(person.id) : channelAt(path, person.id, workspace);
  if (!channel) return void response.writeHead(404, headers).end("There is nothing here.");
  const markup = tab
    ? drawHome(workspace.views.home(person.id), workspace)
    : drawMessages(channel, workspace, person.id, shortcuts);
  const isWhole = !part && !path.endsWith("/messages");
  const shown = { person, channel, tab: tab ? "home" : "messages", markup, commands } as const;
  send(response, "text/html", isWhole ? drawPage(shown, workspace) : markup);
}

export interface Served {
  readonly workspace: Workspace;
  readonly people: People;
  readonly commands: readonly string[];
  readonly shortcuts: readonly Shortcut[];
}

function channelAt(path: string, user: string, workspace: Workspace): Channel | undefined {
  const theirs = workspace.channelsOf(user);
  if (path === "/") return theirs.find(({ dmWith }) => !dmWith) ?? workspace.dm(user);
  const [, id] = /^\/archives\/([A-Z0-9]+)(?:\/(?:messages|p\d+))?$/.exec(path) ?? [];
  return theirs.find((channel) => channel.id === id);
}

/** Who looks at the page: whom the cookie names, else the first who is a member. */
function personIn({ headers: { cookie = "" } }: IncomingMessage, { people, person }: Workspace) {
  const named = person(/(?:^|; )as=(\w+)/.exec(cookie)?.[1] ?? "");
  return named ?? people.find(({ guest }) => !guest) ?? people[0]!;
}

function send(response: ServerResponse, type: string, body: string): void {
  response.writeHead(200, { ...headers, "content-type": `${type}; charset=utf-8` }).end(body);
}

/** Tells the page that something changed, as long as it listens. */
function serveEvents(request: IncomingMessage, response: ServerResponse, workspace: Workspace): void {
  response.writeHead(200, { ...headers, "content-type": "text/event-stream" });
  response.write("retry: 1000\n\n");
  const stop = workspace.onChange(() => response.write("data: changed\n\n"));
  request.on("close", stop);
}
