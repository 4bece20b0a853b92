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

/** How long Slack may take for one response. */
const ANSWER_WITHIN = 10 * SECOND;

/** Bolt's app without requests at the start, so that an unreachable Slack does not block it. */
export function createApp({ token, apiUrl, receiver, log }: AppOptions): App {
  const app = new App({
    // With `token` Bolt would call auth.test at once, and keep its failure forever.
    authorize: async () => ({ botToken: token }),
    receiver,
    ignoreSelf: false,
    convoStore: false,
    logger: loggerTo(log),
    clientOptions: {
      retryConfig: { retries: 0 },
      rejectRateLimitedCalls: true,
      timeout: ANSWER_WITHIN,
      // Answers to commands are sent through this too, and would otherwise wait without a limit.
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
