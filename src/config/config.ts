import type { AlertLimits } from "../notifications/alert-limit.ts";
import type { Route } from "../notifications/route.ts";
import type { NewChartImages } from "../pipeline/ports/charts.ts";
import { keepSecret, redact } from "../redact.ts";
import type { ReviewTime } from "../reports/review-due.ts";
import type { Timing } from "../series/due.ts";
import { type ConsoleConfig, consoleOf } from "./console.ts";
import { type DestinationConfig, readDestinations } from "./destinations.ts";
import type { WorkerKind } from "./kinds.ts";
import { type BoardConfig, boardOf, type TracingConfig, tracingOf } from "./observing.ts";
import { readRoutes } from "./routes.ts";
import { type Environment, findSettings, keepAddressSecret } from "./secrets.ts";
import { commonSettings } from "./settings.ts";
import { readWorkspaces, type WorkspaceConfig } from "./workspaces.ts";

/** All settings from the environment. */
export interface Config {
  /** At least one. */
  readonly workspaces: readonly WorkspaceConfig[];
  readonly slack: {
    readonly token: string;
    readonly apiUrl?: string;
    readonly whenUnsure: "twice" | "never";
    /** How newer chart images of an incident appear. @default "thread" */
    readonly newChartImages?: NewChartImages;
    /** How long an answer may take, in milliseconds; shorter in tests. */
    readonly timeout?: number;
  };
  /** How commands from Slack come in; left out: not at all. */
  readonly console?: ConsoleConfig;
  /** How the people who run Tidewatch are notified; without a channel only in the log. */
  readonly ops?: {
    readonly channel?: string;
    /** When the daily status is due, in milliseconds after midnight. */
    readonly dailyStatusAt?: number;
    /** The IANA zone of that time. @default that of the first workspace */
    readonly zone?: string;
    /** Called while all is well; secret. */
    readonly heartbeatUrl?: string;
  };
  /** Places besides Slack to which alerts may go. */
  readonly destinations?: readonly DestinationConfig[];
  /** Where alerts go while Slack takes nothing, and after how many milliseconds. */
  readonly fallback?: { readonly after: number; readonly destinations?: readonly string[] };
  /** Where destinations report what people do with alerts there; nowhere if not set. */
  readonly receiving?: { readonly host: string; readonly port: number };
  /** Which alerts go there. */
  readonly routes?: readonly Route[];
  readonly redisUrl?: string;
  readonly timing: Timing;
  /**
   * How long after the last notification of a critical incident that nobody acknowledged a reminder comes, in
   * milliseconds.
   */
  readonly remindEvery?: number;
  /** How many reminders there are. */
  readonly remindAtMost?: number;
  /** When the weekly review is posted. */
  readonly reviewAt?: ReviewTime;
  /** The alert limits. */
  readonly alertLimits?: AlertLimits;
  readonly concurrency: number;
  readonly logLevel: string;
  /** Where to serve /healthz, /readyz and /metrics; nowhere if not set. */
  readonly http?: { readonly host: string; readonly port: number };
  /** What senders of product changes sign with, `whsec_…`; secret. */
  readonly changesSecret?: string;
  /** What this process works on. @default everything */
  readonly workers?: readonly WorkerKind[];
  /** Where to show the queues; nowhere if not set. */
  readonly board?: BoardConfig;
  /** Where to send traces; nowhere if not set. */
  readonly tracing?: TracingConfig;
}

/** A setting is missing or wrong; the message lists all of them. */
export class ConfigError extends Error {
  override name = "ConfigError" as const;
}

/** Reads the environment once. Throws ConfigError with every problem at once, and never shows a value. */
export function readConfig(env: Environment): Config {
  const common = findSettings(env, Object.keys(commonSettings.shape));
  const read = commonSettings.safeParse(common.values);
  // The settings of the workspaces are checked even if their names are wrong.
  const names = commonSettings.shape.BRAZE_WORKSPACE.safeParse(common.values.BRAZE_WORKSPACE).data ?? [
    "main",
  ];
  const { workspaces, problems } = readWorkspaces(env, names);
  const console = read.data && consoleOf(read.data);
  const { destinations, problems: wrongDestinations } = readDestinations(common.values.DESTINATIONS ?? "{}");
  const { routes, problems: wrongRoutes } = readRoutes(common.values.ROUTES ?? "", destinations, names[0]);
  const all = [
    ...common.problems,
    ...(read.error?.issues ?? []).map(({ path, message }) => `${path[0]?.toString()} ${message}`),
    ...problems,
    ...wrongDestinations,
    ...wrongRoutes,
    ...unknownNames(read.data?.FALLBACK_DESTINATIONS, destinations),
    ...(typeof console === "string" ? [console] : []),
    ...(read.data?.CHANGES_SECRET && read.data.HTTP_PORT === undefined
      ? ["CHANGES_SECRET needs HTTP_PORT, where POST /changes is served"]
      : []),
  ];
  if (!read.success || typeof console === "string" || all.length > 0)
    throw new ConfigError(redact(all.map((problem) => `  - ${problem}`).join("\n")));

  const set = read.data;
  keepSecret(set.SLACK_BOT_TOKEN);
  for (const secret of [set.SLACK_APP_TOKEN, set.SLACK_SIGNING_SECRET, set.CHANGES_SECRET])
    if (secret) keepSecret(secret);
  if (set.HEARTBEAT_URL) keepAddressSecret(set.HEARTBEAT_URL);
  const zone = env.TIME_ZONE?.trim();
  const [board, tracing] = [boardOf(set), tracingOf(set)];
  return {
    workspaces,
    slack: {
      token: set.SLACK_BOT_TOKEN,
      whenUnsure: set.SLACK_WHEN_UNSURE,
      newChartImages: set.SLACK_NEW_PICTURES,
      ...(set.SLACK_API_URL && { apiUrl: set.SLACK_API_URL }),
    },
    ...(console && { console }),
    ops: {
      dailyStatusAt: set.DAILY_STATUS_AT,
      ...(zone && { zone }),
      ...(set.SLACK_OPS_CHANNEL && { channel: set.SLACK_OPS_CHANNEL }),
      ...(set.HEARTBEAT_URL && { heartbeatUrl: set.HEARTBEAT_URL }),
    },
    ...(destinations.length > 0 && { destinations }),
    fallback: {
      after: set.FALLBACK_AFTER,
      ...(set.FALLBACK_DESTINATIONS && { destinations: set.FALLBACK_DESTINATIONS }),
    },
    ...(set.DESTINATIONS_HTTP_PORT !== undefined && {
      receiving: { host: set.DESTINATIONS_HTTP_HOST, port: set.DESTINATIONS_HTTP_PORT },
    }),
    ...(routes.length > 0 && { routes }),
    ...(set.REDIS_URL && { redisUrl: set.REDIS_URL }),
    timing: {
      evaluationDelay: set.EVALUATION_DELAY,
      spread: set.SPREAD,
      trailing: set.TRAILING_WINDOW,
      missingDataTimeout: set.MISSING_DATA_TIMEOUT,
    },
    remindEvery: set.REMINDER_EVERY,
    remindAtMost: set.REMINDERS,
    reviewAt: set.WEEKLY_REVIEW_AT,
    alertLimits: { watch: set.WATCH_ALERT_LIMIT, channel: set.CHANNEL_ALERT_LIMIT },
    concurrency: set.CONCURRENCY,
    ...(set.HTTP_PORT !== undefined && { http: { host: set.HTTP_HOST, port: set.HTTP_PORT } }),
    ...(set.CHANGES_SECRET && { changesSecret: set.CHANGES_SECRET }),
    ...(set.WORKERS && { workers: set.WORKERS }),
    ...(board && { board }),
    ...(tracing && { tracing }),
    logLevel: set.LOG_LEVEL,
  };
}

/** Destinations that are named for the fallback and do not exist. */
const unknownNames = (
  names: readonly string[] = [],
  destinations: readonly { readonly name: string }[],
): string[] =>
  names
    .filter((name) => !destinations.some((one) => one.name === name))
    .map((name) => `FALLBACK_DESTINATIONS names "${name.slice(0, 40)}", which is not in DESTINATIONS`);
