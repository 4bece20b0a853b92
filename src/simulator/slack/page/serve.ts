import { readFile } from "node:fs/promises";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { Workspace } from "../workspace.ts";

const here = (file: string) => new URL(file, import.meta.url);

const assets: Record<string, { readonly type: string; readonly file: () => URL }> = {
  "style.css": { type: "text/css", file: () => here("style.css") },
  "client.js": { type: "text/javascript", file: () => here("client.js") },
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

/** Serves the page that shows the channels; true when the address is one of its own. */
export async function servePage(
  path: string,
  request: IncomingMessage,
  response: ServerResponse,
  workspace: Workspace,
): Promise<void> {
  const asset = assets[/^\/assets\/([a-z.]+)$/.exec(path)?.[1] ?? ""];
  if (asset) return send(response, asset.type, await readFile(fileURLToPath(asset.file()), "utf8"));
  if (path === "/events") return serveEvents(request, response, workspace);

  const [, id, part] = /^\/archives\/([A-Z0-9]+)(?:\/(messages|p\d+))?$/.exec(path) ?? [];
  const channel = path === "/" ? workspace.channels()[0] : id && workspace.channel(id);
  if (!channel) return void response.writeHead(404, headers).end("There is nothing here.");

  // React is loaded only once somebody looks.
  const [{ drawMessages }, { drawPage }] = await Promise.all([import("./draw.ts"), import("./page.ts")]);
  const messages = drawMessages(channel, workspace.messages(channel.id), workspace.now());
  send(
    response,
    "text/html",
    part === "messages" ? messages : drawPage(channel, workspace.channels(), messages),
  );
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
