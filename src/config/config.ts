import type { Timeouts } from "../adapters/braze/http.ts";
import type { Timing } from "../core/due.ts";
import { eventsOnDays, type PlannedEvent } from "../core/events.ts";
import { keepSecret } from "../redact.ts";
import { type ConsoleConfig, consoleOf } from "./console.ts";
import { type Environment, keepHeartbeatSecret, withFiles } from "./secrets.ts";
import { settings } from "./settings.ts";

/** One Braze workspace to read. */
export interface WorkspaceConfig {
  readonly name: string;
  readonly endpoint: string;
  readonly apiKey: string;
  /** IANA zone of its users: hour-of-week follows its clock. */
  readonly zone: string;
  /** Whose public holidays count; those of the zone where it is not set. */
  readonly country?: string;
  readonly events?: readonly PlannedEvent[];
  /** IANA zone in which times without a zone are read. */
  readonly naiveZone: string;
  readonly quotaReserve: number;
  readonly emptyHours: "unknown" | "zero";
  /** How long each phase of a request may take; for tests, which have less patience. */
  readonly timeouts?: Partial<Timeouts>;
}

/** Everything the environment says. */
export interface Config {
  readonly workspace: WorkspaceConfig;
  readonly slack: {
    readonly token: string;
    readonly apiUrl?: string;
    readonly whenUnsure: "twice" | "never";
    /** How long an answer may take, in milliseconds; for tests, which have less patience. */
    readonly timeout?: number;
  };
  /** How people command it from Slack; left out: they cannot. */
  readonly console?: ConsoleConfig;
  /** What the people who run Tidewatch are told, and where; logged only when it is not set. */
  readonly ops?: {
    readonly channel?: string;
    /** When the proof of life is due, in milliseconds after midnight. */
    readonly proofAt?: number;
    /** Called while all is well; secret. */
    readonly heartbeatUrl?: string;
  };
  readonly redisUrl?: string;
  readonly timing: Timing;
  /** How long after the last word a critical incident that nobody acknowledged is said again, in milliseconds. */
  readonly remindEvery?: number;
  /** How often it is. */
  readonly remindAtMost?: number;
  readonly concurrency: number;
  readonly logLevel: string;
  /** Where to serve /healthz, /readyz and /metrics; nowhere when it is not set. */
  readonly http?: { readonly host: string; readonly port: number };
}

/** The environment is missing something or has something wrong; the message lists all of it. */
export class ConfigError extends Error {
  override name = "ConfigError" as const;
}

/** Reads the environment once. Throws ConfigError with every problem at once; no value is shown in it. */
export function readConfig(env: Environment): Config {
  const { values, problems } = withFiles(env);
  const read = settings.safeParse(values);
  const console = read.data && consoleOf(read.data);
  const all = [
    ...problems,
    ...(read.error?.issues ?? []).map(({ path, message }) => `${path.join(".")} ${message}`),
    ...(typeof console === "string" ? [console] : []),
  ];
  if (!read.success || typeof console === "string" || all.length > 0)
    throw new ConfigError(all.map((problem) => `  - ${problem}`).join("\n"));

  const set = read.data;
  keepSecret(set.BRAZE_API_KEY);
  keepSecret(set.SLACK_BOT_TOKEN);
  for (const secret of [set.SLACK_APP_TOKEN, set.SLACK_SIGNING_SECRET]) if (secret) keepSecret(secret);
  if (set.HEARTBEAT_URL) keepHeartbeatSecret(set.HEARTBEAT_URL);
  return {
    workspace: {
      name: set.BRAZE_WORKSPACE,
      endpoint: set.BRAZE_REST_ENDPOINT,
      apiKey: set.BRAZE_API_KEY,
      zone: set.TIME_ZONE,
      ...(set.HOLIDAY_COUNTRY && { country: set.HOLIDAY_COUNTRY }),
      ...(set.EVENTS && { events: eventsOnDays(set.EVENTS, set.TIME_ZONE) }),
      naiveZone: set.BRAZE_NAIVE_TIME_ZONE,
      quotaReserve: set.BRAZE_QUOTA_RESERVE,
      emptyHours: set.BRAZE_EMPTY_HOURS,
    },
    slack: {
      token: set.SLACK_BOT_TOKEN,
      whenUnsure: set.SLACK_WHEN_UNSURE,
      ...(set.SLACK_API_URL && { apiUrl: set.SLACK_API_URL }),
    },
    ...(console && { console }),
    ops: {
      proofAt: set.PROOF_OF_LIFE_AT,
      ...(set.SLACK_OPS_CHANNEL && { channel: set.SLACK_OPS_CHANNEL }),
      ...(set.HEARTBEAT_URL && { heartbeatUrl: set.HEARTBEAT_URL }),
    },
    ...(set.REDIS_URL && { redisUrl: set.REDIS_URL }),
    timing: {
      evaluationDelay: set.EVALUATION_DELAY,
      spread: set.SPREAD,
      trailing: set.TRAILING_WINDOW,
      patience: set.PATIENCE,
    },
    remindEvery: set.REMINDER_EVERY,
    remindAtMost: set.REMINDERS,
    concurrency: set.CONCURRENCY,
    ...(set.HTTP_PORT !== undefined && { http: { host: set.HTTP_HOST, port: set.HTTP_PORT } }),
    logLevel: set.LOG_LEVEL,
  };
}
