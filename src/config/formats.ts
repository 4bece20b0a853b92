import { z } from "zod";
import { checkEndpoint, isLoopback } from "../adapters/braze/endpoint.ts";
import type { Limit } from "../notifications/alert-limit.ts";
import { canonicalPlace } from "../time/holidays.ts";
import { DAY, HOUR, MINUTE, SECOND, WEEK } from "../time/time.ts";
import { canonicalZone } from "../time/zone.ts";
import { workerKinds } from "./kinds.ts";

const UNITS: Record<string, number> = { s: SECOND, m: MINUTE, h: HOUR };

/** `15m`: a number and a unit, in milliseconds. */
export const duration = (byDefault: number) =>
  z
    .string()
    .regex(/^\d{1,4}(s|m|h)$/, 'must be a duration such as "15m": a number and s, m or h')
    .transform((text) => Number(text.slice(0, -1)) * UNITS[text.slice(-1)]!)
    .optional()
    .transform((ms) => ms ?? byDefault);

/** Parses a name into its canonical form; `message` is the error for an unknown name. */
const named = (canonical: (name: string) => string | undefined, message: string) =>
  z.string().transform((name, context) => {
    const found = canonical(name);
    if (found !== undefined) return found;
    context.addIssue({ code: "custom", message });
    return z.NEVER;
  });

/** An IANA time zone, by any of its names. */
export const zone = named(canonicalZone, 'must be an IANA time zone such as "Europe/Berlin"');

/** A country, or one of its states, whose holidays are known. */
export const place = named(
  canonicalPlace,
  'must be a country code such as "DE", or a state such as "AU-VIC"',
);

/** `09:00`, in milliseconds after midnight. */
export const timeOfDay = z
  .string()
  .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as "09:00"')
  .transform((text) => Number(text.slice(0, 2)) * HOUR + Number(text.slice(3)) * MINUTE);

const WEEKDAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];

/** `Mon 09:00`. */
export const weekly = z
  .string()
  .regex(
    /^(Mon|Tue|Wed|Thu|Fri|Sat|Sun) ([01]\d|2[0-3]):[0-5]\d$/,
    'must be a weekday and a time such as "Mon 09:00"',
  )
  .transform((text) => ({
    weekday: WEEKDAYS.indexOf(text.slice(0, 3)),
    timeOfDay: timeOfDay.parse(text.slice(4)),
  }));

/** `20%`, as a number below 1. */
export const share = z
  .string()
  .regex(/^\d{1,2}%$/, 'must be a percentage from 0% to 99%, such as "20%"')
  .transform((text) => Number(text.slice(0, -1)) / 100);

/** A port to listen on. */
export const port = z
  .string()
  .regex(/^[1-9]\d{0,4}$/, "must be a port: a number from 1 to 65535")
  .transform(Number)
  .refine((number) => number <= 65_535, "must be a port: a number from 1 to 65535");

/** An address to listen on. */
export const host = z
  .string()
  .regex(/^[0-9A-Za-z.:-]+$/, "must be an address of this machine such as 127.0.0.1");

const SPANS: Record<string, number> = { hour: HOUR, day: DAY, week: WEEK };

/** `5/hour 10/day`: how many within which time, all of them at once; `none` for no limit. */
export const limits = (byDefault: readonly Limit[]) =>
  z
    .string()
    .regex(
      /^(none|[1-9]\d{0,3}\/(hour|day|week)( [1-9]\d{0,3}\/(hour|day|week))*)$/,
      'must be a limit such as "5/hour 10/day" (by the hour, day or week), or "none"',
    )
    .transform((text) => (text === "none" ? [] : text.split(" ").map(limitOf)))
    .optional()
    .transform((read) => read ?? byDefault);

function limitOf(text: string): Limit {
  const [messages, span] = text.split("/") as [string, string];
  return { messages: Number(messages), within: SPANS[span]! };
}

/** A key or token; errors never show it. */
export const secret = (what: string, pattern: RegExp) =>
  z.string({ error: `is missing: ${what}` }).regex(pattern, `is not valid: ${what}`);

/** The REST endpoint of a Braze instance; an error suggests the right one. */
export const endpoint = z
  .string({
    error: "is missing: the REST endpoint of your Braze instance, such as https://rest.iad-01.braze.com",
  })
  .superRefine((url, context) => {
    for (const message of checkEndpoint(url)) context.addIssue({ code: "custom", message });
  });

/** An address that receives a token: encrypted, or on this machine. */
export const apiUrl = z.string().refine((text) => {
  const url = URL.parse(text);
  if (!url || url.username || url.password || url.search || url.hash) return false;
  return url.protocol === "https:" || (url.protocol === "http:" && isLoopback(url.hostname));
}, "must be an address that starts with https:// and ends with /api/");

/** What a process works on, separated by commas. */
export const kinds = z
  .string()
  .transform((text) => text.split(",").map((kind) => kind.trim()))
  .pipe(z.array(z.enum(workerKinds, { error: `must be a list of ${workerKinds.join(", ")}` })));

/** HTTP headers as `name=value`, separated by commas; errors never show them. */
export const headers = z
  .string()
  .regex(/^[\w-]+=[^,\r\n]+(,[\w-]+=[^,\r\n]+)*$/, "must be name=value pairs, separated by commas")
  .transform((text) =>
    Object.fromEntries(
      text.split(",").map((header) => {
        const [name, ...value] = header.split("=");
        return [name!, value.join("=")];
      }),
    ),
  );

/** The names of workspaces, separated by commas, each once. */
export const workspaceNames = z
  .string()
  .transform((text) => text.split(",").map((name) => name.trim()))
  .superRefine((names, context) => {
    for (const name of names.filter((name, i) => !WORKSPACE.test(name) || names.indexOf(name) !== i)) {
      const message = WORKSPACE.test(name)
        ? `names "${name}" twice`
        : `holds "${name}", which is not a workspace name. Use up to 40 characters of a–z, 0–9 and -`;
      context.addIssue({ code: "custom", message });
    }
  });

const WORKSPACE = /^[a-z0-9-]{1,40}$/;
