import { join } from "node:path";
import { thisMachine } from "./machine.ts";
import { type ObtainedRedis, obtainRedis } from "./obtain.ts";

/** Where a private server of this project keeps its data. */
const DATA_DIR = join(import.meta.dirname, "../../../.tidewatch/redis");

/** The Redis of this project: the one named by REDIS_URL, or a private server below `.tidewatch/`. */
export const findRedis = (
  url: string | undefined,
  path: string | undefined,
  say: (line: string) => void,
): Promise<ObtainedRedis> => obtainRedis({ url, dataDir: DATA_DIR, say, machine: thisMachine(path ?? "") });
