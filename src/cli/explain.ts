import { parseArgs } from "node:util";
import { connect } from "../adapters/redis/connection.ts";
import { findRedis } from "../adapters/redis/find.ts";
import { redisStores } from "../adapters/redis/stores.ts";
import { readConfig } from "../config/config.ts";
import { explain } from "../core/explain.ts";
import { explainInWords } from "../core/explain-words.ts";
import { seriesId } from "../core/series.ts";
import { stepOf } from "../core/time.ts";
import { InputError } from "../errors.ts";
import { createLog } from "../log.ts";
import { learnableOf } from "../pipeline/lessons.ts";
import { profilesOf } from "../pipeline/profiles.ts";
import { runCommand } from "./command.ts";
import { instantOf } from "./until.ts";

const USAGE = `npm run explain -- WATCH [HOUR] [--json]
HOUR: a time such as 2026-06-16T09:00, so long back such as -5h; left out: the last hour that was collected`;

async function run(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args: args.map(asPositional),
    options: { json: { type: "boolean", default: false } },
    allowPositionals: true,
  });
  const [id, hour] = positionals;
  if (!id) throw new InputError(`which watch?\n\n${USAGE}`);
  const config = readConfig(process.env);
  const found = await findRedis(config.redisUrl, process.env.PATH, console.error);
  const redis = connect(found.url, createLog("error", process.stderr));
  const stores = redisStores(redis);
  try {
    const watch = await stores.watches.byId(id);
    if (!watch) throw new InputError(`there is no watch "${id}": npm run watch -- list shows them`);
    const stored = await learnableOf(seriesId(watch.series), stores);
    if (!stored) throw new InputError(`nothing was collected for ${id} yet`);
    const { unit } = watch.series;
    const profiles = profilesOf({ workspaces: config.workspaces, ...stores });
    const profile = (await profiles())(seriesId(watch.series));
    const { zone } = profile;
    const at = hour ? instantOf("hour", hour.replace(/^@/, ""), Date.now(), zone) : stored.collectedThrough;
    const bucket = Math.floor(at / stepOf(unit)) * stepOf(unit);
    const explanation = explain(stored, profile, watch, bucket);
    if (!explanation)
      throw new InputError(`the history of ${id} does not hold ${new Date(bucket).toISOString()}`);
    return values.json
      ? JSON.stringify(explanation, null, 2)
      : explainInWords(explanation, unit, zone).join("\n");
  } finally {
    redis.disconnect();
    await found.stop();
  }
}

// `-5h` is a time here, not an option.
const asPositional = (word: string): string => (/^-\d/.test(word) ? `@${word}` : word);

await runCommand(run);
