import { readFileSync } from "node:fs";
import { keepSecret } from "../redact.ts";
import { secretNames } from "./settings.ts";

/** The environment, or what is read in its stead. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** What was found of some settings. */
export interface FoundSettings {
  readonly values: Readonly<Record<string, string>>;
  /** The file that each secret was read from, where it was one. */
  readonly files: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

/**
 * The settings that are set, those of secrets read from the files that are named instead. An empty value, as in a .env
 * file, means "not set". @param prefix what stands before each name, such as `EU_`.
 */
export function findSettings(env: Environment, names: readonly string[], prefix = ""): FoundSettings {
  const values: Record<string, string> = {};
  const files: Record<string, string> = {};
  const problems: string[] = [];
  for (const name of names) {
    const value = env[prefix + name]?.trim();
    if (value) values[name] = value;
  }
  for (const name of secretNames.filter((secret) => names.includes(secret))) {
    const path = env[`${prefix}${name}_FILE`]?.trim();
    if (!path) continue;
    try {
      values[name] = readFileSync(path, "utf8").trim();
      files[name] = path;
    } catch {
      // Not shown: some put the secret itself there.
      problems.push(`${prefix}${name}_FILE names no file that can be read`);
    }
  }
  // Whatever is wrong with the settings: what was meant to be secret is not shown.
  for (const name of secretNames.filter((secret) => names.includes(secret))) keepSecret(values[name] ?? "");
  return { values, files, problems };
}

/** Keeps an address secret whose path holds the token, and may be quoted without the rest. */
export function keepHeartbeatSecret(url: string): void {
  keepSecret(url);
  const { pathname = "", search = "" } = URL.parse(url) ?? {};
  for (const part of [pathname, search]) keepSecret(part);
}
