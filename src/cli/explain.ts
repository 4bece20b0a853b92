import { connect } from "../adapters/redis/connection/connection.ts";
import { findRedis } from "../adapters/redis/server/find.ts";
import { redisStores } from "../adapters/redis/stores.ts";
import { readConfig } from "../config/config.ts";
import { InputError } from "../errors.ts";
import { createLog } from "../log.ts";
import { profilesOf } from "../pipeline/collecting/profiles.ts";
import { explainBucket } from "../pipeline/reports/why.ts";
import { seriesId } from "../series/series.ts";
import { explainInWords } from "../text/why.ts";
import { bucketAt } from "../time/calendar.ts";
import { readArgs, runCommand } from "./command.ts";
import { instantOf } from "./instant.ts";

const USAGE = `npm run explain -- WATCH [HOUR] [--json]
HOUR: a time such as 2026-06-16T09:00, a duration before now such as 5h, or nothing for the last collected hour`;

async function run(args: string[]): Promise<string> {
  const options = { json: { type: "boolean", default: false } } as const;
  // `-5h` is a time here, not an option.
  const typed = args.map((word) => word.replace(/^-(?=\d)/, ""));
  const { values, positionals } = readArgs({ args: typed, options, allowPositionals: true }, USAGE);
  const [id, hour] = positionals;
  if (!id) throw new InputError(`which watch?\n\n${USAGE}`);
  const config = readConfig(process.env);
  const found = await findRedis(config.redisUrl, process.env.PATH, console.error);
  const redis = connect(found.url, createLog("error", process.stderr));
  const stores = redisStores(redis);
  try {
    const watch = await stores.watches.byId(id);
    if (!watch) throw new InputError(`there is no watch "${id}". List them: npm run watch -- list`);
    const profiles = profilesOf({ workspaces: config.workspaces, ...stores });
    const { unit, zone } = (await profiles())(seriesId(watch.series));
    const at = hour && instantOf(hour, { now: Date.now(), zone, toward: "past" });
    const bucket = at ? bucketAt(at, unit, zone) : undefined;
    const { explanation } = await explainBucket(watch, bucket, { ...stores, profiles });
    return values.json
      ? JSON.stringify(explanation, null, 2)
      : explainInWords(explanation, unit, zone).join("\n");
  } finally {
    redis.disconnect();
    await found.stop();
  }
}

await runCommand(run, USAGE);
