import { writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** A file whose age tells when the last tick was done. */
export const SIGN_OF_LIFE = join(tmpdir(), "tidewatch-alive");

/** Notes that a tick was done. */
export const giveSignOfLife = (): Promise<void> => writeFile(SIGN_OF_LIFE, "");
