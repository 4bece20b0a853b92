import { z } from "zod";
import { ADDRESS_FORMS, readAddress } from "../adapters/redis/connection/address.ts";
import { defaultAlertLimits } from "../notifications/alert-limit.ts";
import { defaultReminding } from "../notifications/reminder.ts";
import { defaultReviewTime } from "../reports/review-due.ts";
import { defaultTiming } from "../series/due.ts";
import { readEvents } from "../series/planned-events.ts";
import { HOUR, MINUTE } from "../time/time.ts";
import {
  apiUrl,
  duration,
  endpoint,
  headers,
  host,
  kinds,
  limits,
  place,
  port,
  secret,
  share,
  timeOfDay,
  weekly,
  workspaceNames,
  zone,
} from "./formats.ts";

/** Every setting, in the order of `.env.example`. */
export const settings = z.object({
  BRAZE_REST_ENDPOINT: endpoint,
  BRAZE_API_KEY: secret("a REST API key with the permission sessions.data_series", /^\S{8,}$/),
  SLACK_BOT_TOKEN: secret("the bot token of your Slack app, xoxb-…", /^xoxb-\S{6,}$/),
  REDIS_URL: z
    .string()
    .refine((url) => readAddress(url) !== undefined, `must be a Redis address: ${ADDRESS_FORMS}`)
    .optional(),
  BRAZE_WORKSPACE: workspaceNames.default(["main"]),
  TIME_ZONE: zone.default("UTC"),
  HOLIDAY_COUNTRY: place.optional(),
  EVENTS: z
    .string()
    .transform(readEvents)
    .superRefine((read, context) => {
      if (typeof read !== "string") return;
      const message = `cannot be read at "${read}". Example: "2026-11-27 Black Friday; 2026-12-10/2026-12-12 Winter sale"`;
      context.addIssue({ code: "custom", message });
    })
    .transform((read) => (typeof read === "string" ? [] : read))
    .optional(),
  BRAZE_NAIVE_TIME_ZONE: zone.default("UTC"),
  BRAZE_COMPANY_TIME_ZONE: zone.optional(),
  BRAZE_EMPTY_HOURS: z.enum(["unknown", "zero"], { error: 'must be "unknown" or "zero"' }).default("unknown"),
  BRAZE_SENDS: z.enum(["on", "off"], { error: 'must be "on" or "off"' }).default("on"),
  BRAZE_QUOTA_RESERVE: share.default(0.2),
  BRAZE_DASHBOARD_URL: z
    .string()
    .regex(/^https:\/\/[^\s/]+\S*$/, "must be an address that starts with https://")
    .optional(),
  EVALUATION_DELAY: duration(defaultTiming.evaluationDelay),
  SPREAD: duration(defaultTiming.spread),
  TRAILING_WINDOW: duration(defaultTiming.trailing),
  MISSING_DATA_TIMEOUT: duration(defaultTiming.missingDataTimeout),
  CONCURRENCY: z
    .string()
    .regex(/^[1-9]\d{0,2}$/, "must be a number from 1 to 999")
    .transform(Number)
    .default(25),
  SLACK_API_URL: apiUrl.optional(),
  SLACK_WHEN_UNSURE: z.enum(["twice", "never"], { error: 'must be "twice" or "never"' }).default("twice"),
  SLACK_NEW_PICTURES: z.enum(["thread", "edit"], { error: 'must be "thread" or "edit"' }).default("thread"),
  SLACK_APP_TOKEN: secret("the app-level token of your Slack app, xapp-…", /^xapp-\S{6,}$/).optional(),
  SLACK_SIGNING_SECRET: secret("the signing secret of your Slack app", /^[0-9a-f]{32}$/).optional(),
  SLACK_HTTP_PORT: port.optional(),
  SLACK_HTTP_HOST: host.default("127.0.0.1"),
  REMINDER_EVERY: duration(defaultReminding.every),
  REMINDERS: z
    .string()
    .regex(/^\d{1,2}$/, "must be a number from 0 to 99")
    .transform(Number)
    .default(defaultReminding.atMost),
  WATCH_ALERT_LIMIT: limits(defaultAlertLimits.watch),
  CHANNEL_ALERT_LIMIT: limits(defaultAlertLimits.channel),
  WEEKLY_REVIEW_AT: weekly.default(defaultReviewTime),
  SLACK_OPS_CHANNEL: z
    .string()
    .regex(
      /^[CGD][A-Z0-9]{6,}$/,
      "must be a channel id such as C0123456789. Open the channel's details in Slack and copy the id at the bottom",
    )
    .optional(),
  DAILY_STATUS_AT: timeOfDay.default(9 * HOUR),
  HEARTBEAT_URL: z
    .string()
    .regex(/^https?:\/\/[^\s/]+\S*$/, "must be an address that starts with https://")
    .optional(),
  DESTINATIONS: z.string().optional(),
  ROUTES: z.string().optional(),
  FALLBACK_AFTER: duration(15 * MINUTE),
  FALLBACK_DESTINATIONS: z
    .string()
    .transform((text) => text.split(",").map((name) => name.trim()))
    .optional(),
  DESTINATIONS_HTTP_PORT: port.optional(),
  DESTINATIONS_HTTP_HOST: host.default("127.0.0.1"),
  HTTP_PORT: port.optional(),
  HTTP_HOST: host.default("127.0.0.1"),
  CHANGES_SECRET: secret(
    "a secret for POST /changes, whsec_ and at least 24 bytes in base64",
    /^whsec_(?=[A-Za-z0-9+/]{32})(?:[A-Za-z0-9+/]{4})+(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?$/,
  ).optional(),
  WORKERS: kinds.optional(),
  BULL_BOARD_PASSWORD: secret("a password of at least 12 characters", /^\S{12,}$/).optional(),
  BULL_BOARD_PORT: port.default(9_465),
  BULL_BOARD_HOST: host.default("127.0.0.1"),
  BULL_BOARD_CHANGES: z.enum(["yes", "no"], { error: 'must be "yes" or "no"' }).default("no"),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .string()
    .regex(/^https?:\/\/[^\s/]+\S*$/, "must be an address that starts with https://, without /v1/traces")
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: headers.optional(),
  LOG_LEVEL: z
    .enum(["debug", "info", "warn", "error"], { error: "must be debug, info, warn or error" })
    .default("info"),
});

const ofWorkspace = {
  BRAZE_REST_ENDPOINT: true,
  BRAZE_API_KEY: true,
  TIME_ZONE: true,
  HOLIDAY_COUNTRY: true,
  EVENTS: true,
  BRAZE_NAIVE_TIME_ZONE: true,
  BRAZE_COMPANY_TIME_ZONE: true,
  BRAZE_EMPTY_HOURS: true,
  BRAZE_SENDS: true,
  BRAZE_QUOTA_RESERVE: true,
  BRAZE_DASHBOARD_URL: true,
} as const;

/** The settings that each workspace may override: `EU_TIME_ZONE` applies to the workspace `eu` alone. */
export const workspaceSettings = settings.pick(ofWorkspace);

/** The settings of Tidewatch as a whole. */
export const commonSettings = settings.omit(ofWorkspace);

/** The settings that may also come from a file, as Docker secrets do: `BRAZE_API_KEY_FILE=/run/secrets/…`. */
export const secretNames = [
  "BRAZE_API_KEY",
  "SLACK_BOT_TOKEN",
  "SLACK_APP_TOKEN",
  "SLACK_SIGNING_SECRET",
  "HEARTBEAT_URL",
  "CHANGES_SECRET",
  "DESTINATIONS",
  "BULL_BOARD_PASSWORD",
  "OTEL_EXPORTER_OTLP_HEADERS",
] as const;
