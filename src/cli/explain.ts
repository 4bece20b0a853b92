import { connect } from "../adapters/redis/connection/connection.ts";
import { findRedis } from "../adapters/redis/server/find.ts";
import { redisStores } from "../adapters/redis/stores.ts";
import { instantOf } from "../commands/grammar/moment.ts";
import { momentAfterName } from "../commands/grammar/period.ts";
import { namedThen } from "../commands/grammar/syntax.ts";
import { watchNamed } from "../commands/named.ts";
import { readConfig } from "../config/config.ts";
import { createLog } from "../log.ts";
import { profilesOf } from "../pipeline/collecting/profiles.ts";
import { explainBucket } from "../pipeline/reports/why.ts";
import { seriesId } from "../series/series.ts";
import { type WhyText, whyText } from "../text/why.ts";
import { bucketAt } from "../time/calendar.ts";
import { mainOf, readArgs, runIfStarted, type Surroundings } from "./command.ts";
import { wordTyped } from "./watch/words.ts";

const USAGE = `npm run explain -- WATCH [HOUR] [--json]
HOUR: a time such as 2026-06-16T09:00, a duration before now such as 5h, or nothing for the last collected hour`;

const watchAndHour = namedThen("watch", `which watch?\n\n${USAGE}`, momentAfterName);

async function run(args: string[], { env, printError }: Surroundings): Promise<string> {
  const options = { json: { type: "boolean", default: false } } as const;
  // `-5h` is a time here, not an option.
  const typed = args.map((word) => word.replace(/^-(?=\d)/, ""));
  const { values, positionals } = readArgs({ args: typed, options, allowPositionals: true }, USAGE);
  const { watch: name, at } = watchAndHour.read(positionals.map(wordTyped));
  const config = readConfig(env);
  const found = await findRedis(config.redisUrl, env.PATH, printError);
  const redis = connect(found.url, createLog("error", { write: (line) => printError(line.trimEnd()) }));
  const stores = redisStores(redis);
  try {
    const watch = await watchNamed(name, stores);
    const profiles = profilesOf({ workspaces: config.workspaces, ...stores });
    const { unit, zone } = (await profiles())(seriesId(watch.series));
    const instant = at && instantOf(at, 0, { now: Date.now(), zone, toward: "past" });
    const bucket = instant && bucketAt(instant, unit, zone);
    const { explanation } = await explainBucket(watch, bucket, { ...stores, profiles });
    return values.json
      ? JSON.stringify(explanation, null, 2)
      : inLines(whyText(explanation, watch.series, zone));
  } finally {
    redis.disconnect();
    await found.stop();
  }
}

const inLines = ({ headline, lines, details }: WhyText): string =>
  [headline, ...lines, ...(details.length > 0 ? ["", "Details:", ...details] : [])].join("\n");

/** The program on the words typed after its name. */
export const main = mainOf(run, USAGE);

await runIfStarted(import.meta.filename, main);
