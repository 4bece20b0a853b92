import { type App, SocketModeReceiver } from "@slack/bolt";
import type { Logger } from "@slack/web-api";
import { SECOND } from "../../../src/time/time.ts";

export interface ConnectionOptions {
  readonly appToken: string;
  readonly apiUrl?: string;
  readonly logger: Logger;
}

/** One connection over which Slack is heard. */
export interface Connection {
  /** Rejects when it cannot open; resolves to how many connections the app has, as Slack counts them. */
  readonly opened: Promise<number | undefined>;
  /** Resolves when Slack ends it, and rejects when it breaks. */
  readonly over: Promise<void>;
  /** Resolves when it is closed, or was never open. */
  readonly closed: Promise<void>;
  close(): void;
}

/** Opens one connection, which hands what comes in to `app` and is never opened anew by itself. */
export function openConnection({ appToken, apiUrl, logger }: ConnectionOptions, app: App): Connection {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        // Retried by the caller, where nothing is left unhandled.
        retryConfig: { retries: 0 },
        rejectRateLimitedCalls: true,
        timeout: 10 * SECOND,
        ...(apiUrl && { slackApiUrl: apiUrl }),
      },
    },
  });
  receiver.init(app);
  const { client } = receiver;
  const over = Promise.withResolvers<void>();
  // Nothing awaits it yet while the connection opens.
  over.promise.catch(() => {});
  let counted: number | undefined;
  client.on("ws_message", (data: unknown) => {
    const { type, num_connections: count } = messageIn(data);
    if (type === "disconnect") over.resolve();
    if (type === "hello" && typeof count === "number") counted = count;
  });
  const closed = Promise.withResolvers<void>();
  client.on("disconnected", () => {
    over.reject(new Error("the connection broke"));
    closed.resolve();
  });
  const opened = receiver.start().then(
    () => counted,
    (error: unknown) => {
      closed.resolve();
      throw error ?? new Error("the connection broke before Slack sent hello");
    },
  );
  return {
    opened,
    over: over.promise,
    closed: closed.promise,
    close: () => void client.disconnect().then(closed.resolve, () => closed.resolve()),
  };
}

function messageIn(data: unknown): { readonly type?: unknown; readonly num_connections?: unknown } {
  try {
    return (typeof data === "string" && JSON.parse(data)) || {};
  } catch {
    return {};
  }
}
