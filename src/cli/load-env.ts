import { existsSync } from "node:fs";
import { readEnvFile } from "../config/env-file.ts";
import { InputError } from "../errors.ts";

// Loaded before a program by `--import`: the settings of `.env`, if it exists. Variables that are already set stay.
try {
  const written = existsSync(".env") ? readEnvFile(".env") : {};
  for (const [name, value] of Object.entries(written)) process.env[name] ??= value;
} catch (error) {
  console.error(error instanceof InputError ? error.message : String(error));
  process.exit(1);
}
