import type { z } from "zod";
import type { commonSettings } from "./settings.ts";

/** How Slack's commands and clicks come in: over a socket that Tidewatch opens, or as signed requests. */
export type ConsoleConfig =
  | { readonly via: "socket"; readonly appToken: string }
  | {
      readonly via: "http";
      readonly signingSecret: string;
      readonly host: string;
      /** 0 for any free one. */
      readonly port: number;
    };

/** How they come in; undefined when nothing is set, and a string that says what is missing. */
export function consoleOf(set: z.infer<typeof commonSettings>): ConsoleConfig | string | undefined {
  const { SLACK_APP_TOKEN: appToken, SLACK_SIGNING_SECRET: signingSecret, SLACK_HTTP_PORT: port } = set;
  if (appToken) return { via: "socket", appToken };
  if (signingSecret && port !== undefined)
    return { via: "http", signingSecret, host: set.SLACK_HTTP_HOST, port };
  if (port !== undefined)
    return "SLACK_SIGNING_SECRET is missing: without it Tidewatch cannot check that a request to SLACK_HTTP_PORT comes from Slack";
  if (signingSecret)
    return "SLACK_HTTP_PORT is missing: where Slack's signed requests come in; or set SLACK_APP_TOKEN instead";
  return undefined;
}
