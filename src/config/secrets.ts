import { readFileSync } from "node:fs";
import { keepSecret } from "../redact.ts";
import { secretNames, settings } from "./settings.ts";

/** The environment, or what is read in its stead. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * The settings that are set, those of secrets read from the files that are named instead; and what is wrong with
 * those. An empty value, as in a .env file, means "not set".
 */
export function withFiles(env: Environment): { values: Record<string, string>; problems: string[] } {
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

/** Keeps an address secret whose path holds the token, and may be quoted without the rest. */
export function keepHeartbeatSecret(url: string): void {
  keepSecret(url);
  const { pathname = "", search = "" } = URL.parse(url) ?? {};
  for (const part of [pathname, search]) keepSecret(part);
}
