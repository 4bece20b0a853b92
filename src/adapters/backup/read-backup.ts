import { z } from "zod";
import { InputError } from "../../errors.ts";
import { BACKUP_VERSION, type Backup } from "../../settings/backup.ts";
import { instant } from "../redis/commands/fields.ts";
import { incidentSchema } from "../redis/incidents/schemas.ts";
import {
  appSchema,
  eventSchema,
  exclusionSchema,
  muteSchema,
  permissionsSchema,
  productChangeSchema,
  routeSchema,
  watchSchema,
} from "../redis/settings/schemas.ts";

/** The kinds of entries, in the order in which they are written. */
const sections = {
  watches: watchSchema,
  apps: appSchema,
  events: eventSchema,
  productChanges: productChangeSchema,
  exclusions: exclusionSchema,
  incidents: incidentSchema,
  mutes: muteSchema,
  routes: routeSchema,
} as const satisfies Partial<Record<keyof Backup, z.ZodType>>;

/** A file larger than this, in characters, is no backup of Tidewatch. */
const LONGEST = 200_000_000;

/** How many problems are listed one by one. */
const MOST_PROBLEMS = 200;

/**
 * Parses a backup as far as possible: every entry of the right shape with its position, and the problems of all others.
 * Throws InputError when it is no backup at all, or one of a newer Tidewatch.
 */
export function readBackup(text: string) {
  const document = documentOf(text);
  const places = new Map<object, string>();
  const problems: string[] = [];

  function read<Thing extends object>(schema: z.ZodType<Thing>, value: unknown, place: string): Thing[] {
    const parsed = schema.safeParse(value);
    if (!parsed.success) {
      problems.push(...parsed.error.issues.map(({ path, message }) => `${pathOf(place, path)}: ${message}`));
      return [];
    }
    problems.push(...strayFields(value, parsed.data, place));
    places.set(parsed.data, place);
    return [parsed.data];
  }
  function readAll<Thing extends object>(name: string, schema: z.ZodType<Thing>): Thing[] {
    const list = document[name] ?? [];
    if (Array.isArray(list)) return list.flatMap((value, i) => read(schema, value, `${name}[${i}]`));
    problems.push(`${name}: must be a list`);
    return [];
  }

  const known = ["tidewatch", "version", "at", "permissions", ...Object.keys(sections)];
  problems.push(
    ...Object.keys(document).flatMap((name) => (known.includes(name) ? [] : `${name}: unknown name`)),
  );
  const at = instant.safeParse(document.at);
  if (!at.success) problems.push("at: must be a time");
  const [permissions] =
    document.permissions === undefined ? [] : read(permissionsSchema, document.permissions, "permissions");
  const backup: Backup = {
    version: BACKUP_VERSION,
    at: at.data ?? 0,
    watches: readAll("watches", sections.watches),
    apps: readAll("apps", sections.apps),
    events: readAll("events", sections.events),
    productChanges: readAll("productChanges", sections.productChanges),
    exclusions: readAll("exclusions", sections.exclusions),
    incidents: readAll("incidents", sections.incidents),
    mutes: readAll("mutes", sections.mutes),
    routes: readAll("routes", sections.routes),
    ...(permissions && { permissions }),
  };
  const more = problems.length - MOST_PROBLEMS;
  const named = more > 0 ? [...problems.slice(0, MOST_PROBLEMS), `and ${more} more`] : problems;
  return { backup, places, problems: named };
}

/** A backup as it is written to a file: JSON, an entry a line, so that two can be compared. */
export function writeBackup({ version, at, permissions, ...lists }: Backup): string {
  const list = (name: keyof typeof sections): string => {
    const lines = lists[name].map((entry) => `    ${JSON.stringify(entry)}`);
    return `  ${JSON.stringify(name)}: [${lines.length > 0 ? `\n${lines.join(",\n")}\n  ` : ""}]`;
  };
  const fields = [
    `  "tidewatch": "backup"`,
    `  "version": ${version}`,
    `  "at": ${at}`,
    ...(Object.keys(sections) as (keyof typeof sections)[]).map(list),
    ...(permissions ? [`  "permissions": ${JSON.stringify(permissions)}`] : []),
  ];
  return `{\n${fields.join(",\n")}\n}`;
}

function documentOf(text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = text.length <= LONGEST ? JSON.parse(text) : undefined;
  } catch (error) {
    throw new InputError(
      `this is not complete JSON, so nothing was imported: ${(error as Error).message.slice(0, 100)}`,
    );
  }
  const document = z
    .object({ tidewatch: z.literal("backup"), version: z.int().positive() })
    .loose()
    .safeParse(value);
  if (!document.success)
    throw new InputError(
      'this is not a Tidewatch backup. A backup begins with "tidewatch": "backup" and its version',
    );
  if (document.data.version > BACKUP_VERSION)
    throw new InputError(
      `this backup was made by a newer Tidewatch (version ${document.data.version}; this one reads up to ${BACKUP_VERSION}). Upgrade first`,
    );
  return document.data;
}

/** Unknown fields: a misspelled one would otherwise be lost silently. */
function strayFields(value: unknown, parsed: unknown, place: string): string[] {
  if (typeof value !== "object" || value === null || typeof parsed !== "object" || parsed === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => {
    const at = pathOf(place, [Array.isArray(value) ? Number(name) : name]);
    if (!Object.hasOwn(parsed, name)) return [`${at}: unknown name`];
    return strayFields(inner, (parsed as Record<string, unknown>)[name], at);
  });
}

const pathOf = (place: string, path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (at, part) => (typeof part === "number" ? `${at}[${part}]` : `${at}.${String(part).slice(0, 60)}`),
    place,
  );
