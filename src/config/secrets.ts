import { readFileSync } from "node:fs";
import { keepSecret } from "../redact.ts";
import { secretNames } from "./settings.ts";

/** The environment, or a substitute. */
export type Environment = Readonly<Record<string, string | undefined>>;

/** The values found for some settings. */
export interface FoundSettings {
  readonly values: Readonly<Record<string, string>>;
  /** The file that each secret was read from, if any. */
  readonly files: Readonly<Record<string, string>>;
  readonly problems: readonly string[];
}

/**
 * The settings that are set; secrets may come from the files named instead. An empty value, as in a .env file, means
 * "not set". @param prefix the prefix of each name, such as `EU_`.
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
      // Not shown: some people put the secret itself there.
      problems.push(`${prefix}${name}_FILE names a file that cannot be read`);
    }
  }
  // Registered even if other settings are wrong, so that no error shows a secret.
  for (const name of secretNames.filter((secret) => names.includes(secret))) keepSecret(values[name] ?? "");
  return { values, files, problems };
}

/** Keeps an address secret: its path or password holds the token, and may be quoted alone. */
export function keepAddressSecret(url: string): void {
  keepSecret(url);
  const { pathname = "", search = "", password = "" } = URL.parse(url) ?? {};
  for (const part of [pathname, search, password, decoded(password)]) keepSecret(part);
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}
