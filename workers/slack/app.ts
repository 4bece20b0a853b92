import { App, type Receiver } from "@slack/bolt";
import { loggerTo } from "../../src/adapters/slack/client/client.ts";
import type { Log } from "../../src/log.ts";
import { SECOND } from "../../src/time/time.ts";
import { messageOf } from "./failure.ts";

export interface AppOptions {
  readonly token: string;
  readonly apiUrl?: string;
  readonly receiver: Receiver;
  readonly log: Pick<Log, "warn" | "error">;
}

/** How long Slack may take for one answer. */
const ANSWER_WITHIN = 10 * SECOND;

/** Bolt's app, which asks Slack nothing before it is asked something: a Slack that is down keeps nothing from starting. */
export function createApp({ token, apiUrl, receiver, log }: AppOptions): App {
  const app = new App({
    // With `token` Bolt would call auth.test at once, and remember for ever that it failed.
    authorize: async () => ({ botToken: token }),
    receiver,
    ignoreSelf: false,
    convoStore: false,
    logger: loggerTo(log),
    clientOptions: {
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: ANSWER_WITHIN,
      // An answer to a command is sent through this, too, and would otherwise be waited for without end.
      fetch: (url, init) => fetch(url, { ...init, signal: signalOf(init?.signal) }),
      ...(apiUrl && { slackApiUrl: apiUrl }),
    },
  });
  app.error(async (error) => {
    log.error({ error: messageOf(error) }, "console.failed");
  });
  return app;
}

const signalOf = (given: AbortSignal | null | undefined): AbortSignal =>
  AbortSignal.any([...(given ? [given] : []), AbortSignal.timeout(ANSWER_WITHIN)]);
