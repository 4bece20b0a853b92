import { join } from "node:path";
import { thisMachine } from "./machine.ts";
import { type ObtainedRedis, obtainRedis } from "./obtain.ts";

/** Where a private server of this project keeps its data: beside package.json, wherever the bot is started from. */
export const DATA_DIR = join(import.meta.dirname, "../../../../.tidewatch/redis");

/**
 * The Redis of this project: the one named by REDIS_URL, or a private server below `.tidewatch/`, of which it is said
 * that no other machine sees it. Throws InputError with the ways on where there is neither.
 */
export async function findRedis(
  url: string | undefined,
  path: string | undefined,
  report: (line: string) => void,
  dataDir = DATA_DIR,
): Promise<ObtainedRedis> {
  const found = await obtainRedis({ url, dataDir, report, machine: thisMachine(path ?? "") });
  if (found.dataDir) report(forOneMachine(found.how, found.dataDir));
  return found;
}

const forOneMachine = (how: string, dataDir: string): string =>
  `REDIS_URL is not set: this uses ${how}, its data in ${dataDir}. That is for one machine alone: on a second one Tidewatch would watch and post once more. To share the work, name one Redis in REDIS_URL on each.`;
