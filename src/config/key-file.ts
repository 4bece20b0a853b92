import { readFileSync, statSync } from "node:fs";
import { keepSecret } from "../redact.ts";

/** Returns the present key; when `refused` was refused, it reads the file again. */
export type KeySource = (refused?: string) => string;

/**
 * A key that is read again whenever its file changes, so that it can be replaced while Tidewatch runs. While the file
 * is missing or empty, which may happen for a moment, the last key stays. @param first the key that was read at the
 * start.
 */
export function keyFile(path: string, first: string): KeySource {
  let key = first;
  let seen = "";
  return (refused) => {
    const stamp = stampOf(path);
    if (stamp === undefined || (stamp === seen && refused !== key)) return key;
    const read = contentOf(path);
    if (!read) return key;
    seen = stamp;
    key = read;
    keepSecret(key);
    return key;
  };
}

function stampOf(path: string): string | undefined {
  const stats = statSync(path, { bigint: true, throwIfNoEntry: false });
  return stats && `${stats.ino} ${stats.mtimeNs} ${stats.size}`;
}

function contentOf(path: string): string {
  try {
    return readFileSync(path, "utf8").trim();
  } catch {
    return "";
  }
}
