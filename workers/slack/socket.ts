import { type App, type Receiver, SocketModeReceiver } from "@slack/bolt";
import { type Logger, WebAPIRateLimitedError } from "@slack/web-api";
import { SECOND } from "../../src/time/time.ts";
import { within } from "./within.ts";

/** How long it is waited before a line is opened anew after failures: at first, and at most, in milliseconds. */
export interface Patience {
  readonly first: number;
  readonly longest: number;
  /** How long Slack may take to say hello. */
  readonly hello: number;
}

export const defaultPatience: Patience = { first: SECOND, longest: 30 * SECOND, hello: 20 * SECOND };

/** A line that Slack ends sooner than this is none of those that it ends in its usual way. */
const BRIEF = 10 * SECOND;

export interface SocketOptions {
  readonly appToken: string;
  readonly apiUrl?: string;
  readonly logger: Logger;
  readonly patience?: Patience;
  /** Told when Slack can be heard. */
  readonly connected: () => void;
  /** Told of every line that broke or could not be opened, and of how many there were in a row. */
  readonly disconnected: (why: unknown, failures: number) => void;
}

/**
 * Hears Slack over a socket that it opens itself, and opens anew whenever it breaks: a Slack that is down, a token that
 * is refused and mended, a connection that hangs. Slack's client is used for one line at a time and never reconnects by
 * itself, since its own way leaves rejections that nobody handles, and may never come back.
 */
export function socketReceiver({
  appToken,
  apiUrl,
  logger,
  patience = defaultPatience,
  connected,
  disconnected,
}: SocketOptions): Receiver & { isConnected(): boolean } {
  let app: App | undefined;
  let line: Line | undefined;
  let isOpen = false;
  const leaving = Promise.withResolvers<void>();
  let isLeaving = false;

  const rest = (ms: number) => Promise.race([pause(ms), leaving.promise]);

  async function keepLine(): Promise<void> {
    let failures = 0;
    let brief = 0;
    while (!isLeaving) {
      try {
        line = openLine({ appToken, logger, ...(apiUrl && { apiUrl }) }, app!);
        await within(patience.hello, line.opened, "Slack did not say hello in time");
        isOpen = true;
        failures = 0;
        connected();
        const since = performance.now();
        await line.over;
        // Slack ends every line within hours and says so: the next is opened at once, while the old one closes.
        isOpen = false;
        brief = performance.now() - since < BRIEF ? brief + 1 : 0;
        // One after another is another matter, as where there are more lines than Slack grants an app.
        if (brief > 1) await rest(pauseAfter(undefined, brief - 1, patience));
      } catch (error) {
        isOpen = false;
        failures++;
        if (isLeaving) return;
        line?.close();
        disconnected(error, failures);
        await rest(pauseAfter(error, failures, patience));
      }
    }
  }

  return {
    init(to: App) {
      app = to;
    },
    isConnected: () => isOpen,
    async start() {
      void keepLine();
    },
    async stop() {
      isLeaving = true;
      leaving.resolve();
      line?.close();
    },
  };
}

/** One connection: `opened` fails when there will be none; `over` ends when Slack ends it, and fails when it breaks. */
interface Line {
  readonly opened: Promise<void>;
  readonly over: Promise<void>;
  close(): void;
}

function openLine(
  { appToken, apiUrl, logger }: Pick<SocketOptions, "appToken" | "apiUrl" | "logger">,
  app: App,
): Line {
  const receiver = new SocketModeReceiver({
    appToken,
    logger,
    autoReconnectEnabled: false,
    installerOptions: {
      clientOptions: {
        // Tried again from outside, where nothing can be left unhandled.
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
  // Nobody waits for it yet while the line is being opened.
  over.promise.catch(() => {});
  client.on("ws_message", (data: unknown) => {
    if (isGoodbye(data)) over.resolve();
  });
  client.on("disconnected", () => over.reject(new Error("the connection broke")));
  const opened = receiver.start().then(
    () => {},
    (error: unknown) => {
      throw error ?? new Error("the connection broke before Slack said hello");
    },
  );
  return { opened, over: over.promise, close: () => void client.disconnect().catch(() => {}) };
}

function isGoodbye(data: unknown): boolean {
  try {
    return typeof data === "string" && JSON.parse(data).type === "disconnect";
  } catch {
    return false;
  }
}

/** Doubled with each failure and scattered, so that many workers do not come back all at once; longer where Slack says so. */
function pauseAfter(error: unknown, failures: number, { first, longest }: Patience): number {
  const asked = error instanceof WebAPIRateLimitedError ? error.retryAfter * SECOND : 0;
  const usual = Math.min(longest, first * 2 ** Math.min(failures - 1, 10));
  return Math.max(asked, usual * (0.75 + Math.random() / 4));
}

const pause = (ms: number) => new Promise<void>((resolve) => setTimeout(resolve, ms));
