import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import type { WorkspaceConfig } from "../../src/config/workspaces.ts";
import { anAppWatch } from "../support/builders.ts";
import { KEY } from "../support/stage.ts";

/** A second workspace, which can be left hanging: it takes connections and never answers. */
export interface OtherWorkspace {
  readonly config: WorkspaceConfig;
  /** From now on it says what the Braze of this address says. */
  passTo(brazeUrl: string): void;
  hang(): void;
  answer(): void;
  close(): void;
}

/** Longer than this, Braze itself does not answer, in milliseconds. */
const TIMEOUT = 600;

/** The only watch of the second workspace. */
export const otherWatch = anAppWatch({
  id: "eu-web",
  appName: "web",
  series: { workspace: "eu", app: "web", unit: "hour" },
});

export async function startOtherWorkspace(): Promise<OtherWorkspace> {
  let braze = "";
  let isHanging = false;
  const server = createServer(async (request, response) => {
    if (isHanging) return;
    try {
      const answer = await fetch(braze + request.url, {
        headers: { authorization: `Bearer ${KEY}` },
        signal: AbortSignal.timeout(TIMEOUT),
      });
      const body = await answer.text();
      const retryAfter = answer.headers.get("retry-after");
      response.writeHead(answer.status, {
        "content-type": "application/json",
        ...(retryAfter && { "retry-after": retryAfter }),
      });
      response.end(body);
    } catch {
      response.destroy();
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    config: {
      ...{ name: "eu", endpoint, apiKey: "key-of-the-eu-workspace", zone: "UTC", naiveZone: "UTC" },
      ...{ quotaReserve: 0.2, emptyHours: "unknown" },
    },
    passTo(url) {
      braze = url;
    },
    hang() {
      isHanging = true;
    },
    answer() {
      isHanging = false;
      server.closeAllConnections();
    },
    close() {
      server.closeAllConnections();
      server.close();
    },
  };
}
