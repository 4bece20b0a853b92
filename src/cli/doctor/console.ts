import { once } from "node:events";
import { createServer } from "node:net";
import { WebSocket } from "undici";
import { appTokenAdvice } from "../../adapters/slack/client/advice.ts";
import { slackClient } from "../../adapters/slack/client/client.ts";
import { codeOf, slackError } from "../../adapters/slack/client/errors.ts";
import type { Config } from "../../config/config.ts";
import { failureFinding } from "./failure.ts";
import { type Finding, note, right, wrong } from "./finding.ts";

const HELLO_WITHIN = 10_000;

/** Whether people can send commands from Slack. */
export async function checkConsole({
  console: way,
  slack,
}: Pick<Config, "console" | "slack">): Promise<Finding[]> {
  if (!way)
    return [
      note(
        "nobody can command it from Slack: neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set",
        "docs/slack-setup.md says how; without, it tells all the same.",
      ),
    ];
  return way.via === "socket" ? [await socketFinding(way.appToken, slack.apiUrl)] : [await portFinding(way)];
}

async function socketFinding(appToken: string, apiUrl: string | undefined): Promise<Finding> {
  const client = slackClient({ token: appToken, ...(apiUrl && { apiUrl }) });
  let url: string | undefined;
  try {
    ({ url } = await client.apps.connections.open({}));
  } catch (error) {
    const code = codeOf(error);
    if (code) return wrong(`Slack does not let it open a socket (${code})`, appTokenAdvice(code));
    const asked = { method: "apps.connections.open", channel: "the app-level token", readOnly: true };
    return failureFinding(slackError(error, asked));
  }
  return (await saysHello(url!))
    ? right("a socket to Slack can be opened (SLACK_APP_TOKEN)")
    : wrong(
        "the socket to Slack does not open",
        "Check that the network and the proxy let secure web sockets (wss:) through to Slack.",
      );
}

async function saysHello(url: string): Promise<boolean> {
  const socket = new WebSocket(url);
  const done = Promise.withResolvers<boolean>();
  const timer = setTimeout(() => done.resolve(false), HELLO_WITHIN);
  socket.addEventListener("message", ({ data }) => done.resolve(/"type"\s*:\s*"hello"/.test(String(data))));
  for (const end of ["error", "close"] as const) socket.addEventListener(end, () => done.resolve(false));
  try {
    return await done.promise;
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}

async function portFinding({ host, port }: { host: string; port: number }): Promise<Finding> {
  const server = createServer();
  server.listen(port, host);
  try {
    await once(server, "listening");
    return right(`${host}:${port} is free for Slack's requests (SLACK_SIGNING_SECRET is set)`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      return note(
        `${host}:${port} is in use`,
        "By Tidewatch itself, where it runs; else set another SLACK_HTTP_PORT.",
      );
    return wrong(
      `${host}:${port} cannot be listened on (${code})`,
      "Set another SLACK_HTTP_PORT or SLACK_HTTP_HOST.",
    );
  } finally {
    server.close();
  }
}
