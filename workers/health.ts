import { statSync } from "node:fs";
import { SIGN_OF_LIFE } from "./sign-of-life.ts";

// For Docker's health check: the worker is well while its last tick is no older than three minutes.
const WELL_FOR = 3 * 60_000;

const age = Date.now() - (statSync(SIGN_OF_LIFE, { throwIfNoEntry: false })?.mtimeMs ?? 0);
process.exit(age < WELL_FOR ? 0 : 1);
