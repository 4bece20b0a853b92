import { readFileSync } from "node:fs";
import { z } from "zod";
import { checkEndpoint } from "./adapters/braze/endpoint.ts";
import type { Timeouts } from "./adapters/braze/http.ts";
import { REMIND_EVERY } from "./core/decide.ts";
import { defaultTiming, type Timing } from "./core/due.ts";
import { type PlannedEvent, readEvents } from "./core/events.ts";
import { isPlace } from "./core/holidays.ts";
import { HOUR, MINUTE, SECOND } from "./core/time.ts";
import { keepSecret } from "./redact.ts";

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
  readonly concurrency: number;
  readonly logLevel: string;
  /** Where to serve /healthz, /readyz and /metrics; nowhere when it is not set. */
  readonly http?: { readonly host: string; readonly port: number };
}

/** The environment is missing something or has something wrong; the message lists all of it. */
export class ConfigError extends Error {
  override name = "ConfigError" as const;
}

const UNITS: Record<string, number> = { s: SECOND, m: MINUTE, h: HOUR };

const duration = (byDefault: number) =>
  z
    .string()
    .regex(/^\d{1,4}(s|m|h)$/, 'is no duration: write a number and s, m or h, such as "15m"')
    .transform((text) => Number(text.slice(0, -1)) * UNITS[text.slice(-1)]!)
    .optional()
    .transform((ms) => ms ?? byDefault);

const zone = z.string().refine(isZone, 'is no time zone: write an IANA name such as "Europe/Berlin"');

const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'is no time of day: write hours and minutes, such as "09:00"')
  .transform((text) => Number(text.slice(0, 2)) * HOUR + Number(text.slice(3)) * MINUTE);

const share = z
  .string()
  .regex(/^\d{1,2}%$/, 'is no share: write a percentage from 0% to 99%, such as "20%"')
  .transform((text) => Number(text.slice(0, -1)) / 100);

const secret = (what: string, pattern: RegExp) =>
  z.string({ error: `is missing: ${what}` }).regex(pattern, `does not look right: ${what}`);

const endpoint = z
  .string({
    error: "is missing: the REST endpoint of your Braze instance, such as https://rest.iad-01.braze.com",
  })
  .superRefine((url, context) => {
    for (const message of checkEndpoint(url)) context.addIssue({ code: "custom", message });
  });

/** Every setting, in the order in which `.env.example` explains them. */
export const settings = z.object({
  BRAZE_REST_ENDPOINT: endpoint,
  BRAZE_API_KEY: secret("a REST API key with the permission sessions.data_series", /^\S{8,}$/),
  SLACK_BOT_TOKEN: secret("the bot token of your Slack app, xoxb-…", /^xoxb-\S{6,}$/),
  REDIS_URL: z
    .string()
    .regex(/^rediss?:\/\/\S+$/, "is no Redis address: write redis://host:6379 or rediss://…")
    .optional(),
  BRAZE_WORKSPACE: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, "is no workspace name: use up to 40 of a–z, 0–9 and -")
    .default("main"),
  TIME_ZONE: zone.default("UTC"),
  HOLIDAY_COUNTRY: z
    .string()
    .refine(
      isPlace,
      'is no country with a calendar: write its ISO code, such as "DE", or one of its states, such as "AU-VIC"',
    )
    .optional(),
  EVENTS: z
    .string()
    .transform(readEvents)
    .superRefine((read, context) => {
      if (typeof read !== "string") return;
      const message = `cannot be understood at "${read}": write such as "2026-11-27 Black Friday; 2026-12-10/2026-12-12 Winter sale"`;
      context.addIssue({ code: "custom", message });
    })
    .transform((read) => (typeof read === "string" ? [] : read))
    .optional(),
  BRAZE_NAIVE_TIME_ZONE: zone.default("UTC"),
  BRAZE_EMPTY_HOURS: z
    .enum(["unknown", "zero"], { error: 'is neither "unknown" nor "zero"' })
    .default("unknown"),
  BRAZE_QUOTA_RESERVE: share.default(0.2),
  EVALUATION_DELAY: duration(defaultTiming.evaluationDelay),
  SPREAD: duration(defaultTiming.spread),
  TRAILING_WINDOW: duration(defaultTiming.trailing),
  PATIENCE: duration(defaultTiming.patience),
  CONCURRENCY: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, "is no number from 1 to 999")
    .transform(Number)
    .default(20),
  SLACK_API_URL: z.url({ error: "is no address" }).optional(),
  SLACK_WHEN_UNSURE: z.enum(["twice", "never"], { error: 'is neither "twice" nor "never"' }).default("twice"),
  REMINDER_EVERY: duration(REMIND_EVERY),
  SLACK_OPS_CHANNEL: z
    .string()
    .regex(
      /^[CGD][A-Z0-9]{6,}$/,
      "is no channel id: open the channel's details in Slack and copy the id at the bottom, such as C0123456789",
    )
    .optional(),
  PROOF_OF_LIFE_AT: timeOfDay.default(9 * HOUR),
  HEARTBEAT_URL: z
    .string()
    .regex(/^https?:\/\/[^\s/]+\S*$/, "is no address: write https://…")
    .optional(),
  HTTP_PORT: z
    .string()
    .regex(/^[1-9]\d{0,4}$/, "is no port: write a number from 1 to 65535")
    .transform(Number)
    .refine((port) => port <= 65_535, "is no port: write a number from 1 to 65535")
    .optional(),
  HTTP_HOST: z
    .string()
    .regex(/^[0-9A-Za-z.:-]+$/, "is no address: write one of this machine's, such as 127.0.0.1")
    .default("127.0.0.1"),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error"], { error: "is none of debug, info, warn, error" })
    .default("info"),
});

/** The settings that may also come from a file, as Docker secrets do: `BRAZE_API_KEY_FILE=/run/secrets/…`. */
export const secretNames = ["BRAZE_API_KEY", "SLACK_BOT_TOKEN", "HEARTBEAT_URL"] as const;

type Environment = Readonly<Record<string, string | undefined>>;

/** Reads the environment once. Throws ConfigError with every problem at once; no value is shown in it. */
export function readConfig(env: Environment): Config {
  const { values, problems } = withFiles(env);
  const read = settings.safeParse(values);
  const all = [
    ...problems,
    ...(read.error?.issues ?? []).map(({ path, message }) => `${path.join(".")} ${message}`),
  ];
  if (!read.success || all.length > 0)
    throw new ConfigError(all.map((problem) => `  - ${problem}`).join("\n"));

  const set = read.data;
  keepSecret(set.BRAZE_API_KEY);
  keepSecret(set.SLACK_BOT_TOKEN);
  if (set.HEARTBEAT_URL) keepHeartbeatSecret(set.HEARTBEAT_URL);
  return {
    workspace: {
      name: set.BRAZE_WORKSPACE,
      endpoint: set.BRAZE_REST_ENDPOINT,
      apiKey: set.BRAZE_API_KEY,
      zone: set.TIME_ZONE,
      ...(set.HOLIDAY_COUNTRY && { country: set.HOLIDAY_COUNTRY }),
      ...(set.EVENTS && { events: set.EVENTS }),
      naiveZone: set.BRAZE_NAIVE_TIME_ZONE,
      quotaReserve: set.BRAZE_QUOTA_RESERVE,
      emptyHours: set.BRAZE_EMPTY_HOURS,
    },
    slack: {
      token: set.SLACK_BOT_TOKEN,
      whenUnsure: set.SLACK_WHEN_UNSURE,
      ...(set.SLACK_API_URL && { apiUrl: set.SLACK_API_URL }),
    },
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
    concurrency: set.CONCURRENCY,
    ...(set.HTTP_PORT !== undefined && { http: { host: set.HTTP_HOST, port: set.HTTP_PORT } }),
    logLevel: set.LOG_LEVEL,
  };
}

// Its path holds the token, and may be quoted without the rest.
function keepHeartbeatSecret(url: string): void {
  keepSecret(url);
  const { pathname = "", search = "" } = URL.parse(url) ?? {};
  for (const part of [pathname, search]) keepSecret(part);
}

// An empty value in a .env file means "not set".
function withFiles(env: Environment): { values: Record<string, string>; problems: string[] } {
  const values: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of Object.keys(settings.shape)) {
    const value = env[name]?.trim();
    if (value) values[name] = value;
  }
  for (const name of secretNames) {
    const path = env[`${name}_FILE`]?.trim();
    if (!path) continue;
    try {
      values[name] = readFileSync(path, "utf8").trim();
    } catch {
      problems.push(`${name}_FILE names a file that cannot be read: ${path}`);
    }
  }
  return { values, problems };
}

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}
