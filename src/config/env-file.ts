import { readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { InputError } from "../errors.ts";

/**
 * Reads a file of `NAME=value` lines in UTF-8 or UTF-16, with or without a byte order mark. Throws InputError that
 * names the line which would be misread.
 */
export function readEnvFile(path: string): Record<string, string> {
  const text = decoded(readFileSync(path), path);
  const { lines, wrong } = checkedLines(text);
  if (wrong) throw new InputError(`${path}, line ${wrong.line}: ${wrong.why}`);
  return parseEnv(lines.join("\n")) as Record<string, string>;
}

function decoded(bytes: Buffer, path: string): string {
  const [first, second] = bytes;
  const encoding =
    first === 0xff && second === 0xfe ? "utf-16le" : first === 0xfe && second === 0xff ? "utf-16be" : "utf-8";
  try {
    // The decoder removes the byte order mark.
    return new TextDecoder(encoding, { fatal: true }).decode(bytes);
  } catch {
    throw new InputError(`${path} is not UTF-8 or UTF-16 text. Save it as UTF-8`);
  }
}

interface Wrong {
  readonly line: number;
  readonly why: string;
}

/** A line that sets something. The value is never repeated in an error, since it may be a secret. */
const SETTING = /^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/;

/** A value in quotes of any kind, followed at most by a comment. */
const QUOTED = /^(["'`]).*?\1\s*(#.*)?$/;

function checkedLines(text: string): { lines: readonly string[]; wrong?: Wrong } {
  const lines = text.split(/\r\n|\r|\n/);
  for (const [index, written] of lines.entries()) {
    const why = /^\s*(#|$)/.test(written) ? undefined : wrongIn(written);
    if (why) return { lines, wrong: { line: index + 1, why } };
  }
  return { lines };
}

function wrongIn(written: string): string | undefined {
  const [, name, value] = SETTING.exec(written) ?? [];
  if (name === undefined || value === undefined) return "it is not NAME=value. A comment begins with #";
  if (/^["'`]/.test(value)) {
    return QUOTED.test(value)
      ? undefined
      : `the value of ${name} begins with a quote, which must end on the same line, with nothing after it`;
  }
  if (/\S#/.test(value)) return `the value of ${name} contains a #. Put it in quotes, ${name}="…"`;
  return undefined;
}
