import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";
import { WebSocket } from "undici";
import { slackClient } from "../../adapters/slack/client/client.ts";
import { consoleFailure, sharedApp } from "../../adapters/slack/client/errors.ts";
import type { Config } from "../../config/config.ts";
import { type PermanentError, TransientError } from "../../errors.ts";
import { CONSOLE, SHARED_APP } from "../../health/checks/slack.ts";
import type { SlackConnectionStore } from "../../pipeline/ports/slack.ts";
import type { Instant } from "../../time/time.ts";
import { type CheckResult, failed, failureFrom, note, passed, resultsOf } from "./result.ts";

const HELLO_WITHIN = 10_000;

/**
 * Whether people can send commands from Slack, and whether another bot uses the same Slack app.
 * @param connections those that bots on this Redis have; left out where Redis cannot be read
 */
export async function checkConsole(
  { console: way, slack }: Pick<Config, "console" | "slack">,
  connections?: SlackConnectionStore,
  now: Instant = Date.now(),
): Promise<CheckResult[]> {
  if (!way)
    return [
      note(
        "Slack commands are off: neither SLACK_APP_TOKEN nor SLACK_SIGNING_SECRET is set",
        "See docs/slack-setup.md. Alerts are posted without it, too.",
      ),
    ];
  return way.via === "socket"
    ? socketResults(way.appToken, slack.apiUrl, connections, now)
    : [await portResult(way)];
}

async function socketResults(
  appToken: string,
  apiUrl: string | undefined,
  connections: SlackConnectionStore | undefined,
  now: Instant,
): Promise<CheckResult[]> {
  const client = slackClient({ token: appToken, ...(apiUrl && { apiUrl }) });
  let url: string | undefined;
  try {
    ({ url } = await client.apps.connections.open({}));
  } catch (error) {
    const refusal = consoleFailure(error);
    return consoleResults(refusal, now, refusal instanceof TransientError);
  }
  // Registered like those of a bot, which may count just now.
  const id = `doctor-${randomUUID()}`;
  try {
    await quietly(connections?.hold(id, 2 * HELLO_WITHIN));
    const hello = await helloFrom(url!);
    if (!hello) return consoleResults(consoleFailure(new Error("Slack did not say hello")), now);
    const isOpen = passed("a socket to Slack can be opened (SLACK_APP_TOKEN)");
    const registered = await quietly(connections?.hold(id, 2 * HELLO_WITHIN));
    const counted = hello.num_connections ?? 0;
    if (registered === undefined || counted <= registered) return [isOpen];
    const failures = new Map([[SHARED_APP, { ...sharedApp, since: now }]]);
    return [isOpen, ...resultsOf("shared-app", { failures })];
  } finally {
    await quietly(connections?.release(id));
  }
}

const consoleResults = (
  failure: PermanentError | TransientError,
  now: Instant,
  isUnsure = false,
): CheckResult[] =>
  resultsOf("console", { failures: new Map([[CONSOLE, failureFrom(failure, now)]]) }, isUnsure);

async function quietly<Answer>(asking: Promise<Answer> | undefined): Promise<Answer | undefined> {
  try {
    return await asking;
  } catch {
    return undefined;
  }
}

interface Hello {
  readonly num_connections?: number;
}

async function helloFrom(url: string): Promise<Hello | undefined> {
  const socket = new WebSocket(url);
  const done = Promise.withResolvers<Hello | undefined>();
  const timer = setTimeout(() => done.resolve(undefined), HELLO_WITHIN);
  socket.addEventListener("message", ({ data }) => done.resolve(helloIn(String(data))));
  for (const end of ["error", "close"] as const) socket.addEventListener(end, () => done.resolve(undefined));
  try {
    return await done.promise;
  } finally {
    clearTimeout(timer);
    socket.close();
  }
}

function helloIn(text: string): Hello | undefined {
  try {
    const message = JSON.parse(text);
    return message?.type === "hello" ? message : undefined;
  } catch {
    return undefined;
  }
}

async function portResult({ host, port }: { host: string; port: number }): Promise<CheckResult> {
  const server = createServer();
  server.listen(port, host);
  try {
    await once(server, "listening");
    return passed(`${host}:${port} is free for Slack's requests (SLACK_SIGNING_SECRET is set)`);
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE")
      return note(
        `${host}:${port} is in use`,
        "By Tidewatch itself, where it runs; else set another SLACK_HTTP_PORT.",
      );
    return failed(
      `${host}:${port} cannot be listened on (${code})`,
      "Set another SLACK_HTTP_PORT or SLACK_HTTP_HOST.",
    );
  } finally {
    server.close();
  }
}
