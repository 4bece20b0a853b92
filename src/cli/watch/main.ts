import { readFileSync } from "node:fs";
import { userInfo } from "node:os";
import { openQueues } from "../../../workers/queues.ts";
import { connect } from "../../adapters/redis/connection/connection.ts";
import { migrate } from "../../adapters/redis/migrate.ts";
import { findRedis } from "../../adapters/redis/server/find.ts";
import { createBot } from "../../bot.ts";
import type { Actor } from "../../commands/command.ts";
import { commandOf } from "../../commands/parse.ts";
import { perform } from "../../commands/perform.ts";
import { readConfig } from "../../config/config.ts";
import { InputError } from "../../errors.ts";
import { createLog } from "../../log.ts";
import { plainAnswer } from "../../text/answers/answer.ts";
import { inTerminalWords, mainOf, runIfStarted, type Surroundings } from "../command.ts";
import { typedWords, USAGE } from "./words.ts";

/** Does a command that is typed here, as Slack does it; the workers, wherever they run, announce it at once. */
async function run(args: string[], { env, printError }: Surroundings): Promise<string> {
  const { words, by = userName() } = typedWords(args);
  const command = commandOf(words);
  const config = readConfig(env);
  const found = await findRedis(config.redisUrl, env.PATH, printError);
  const log = createLog("error", { write: (line) => printError(line.trimEnd()) });
  const redis = connect(found.url, log);
  const queues = openQueues(redis, log, {
    workspaces: config.workspaces.map(({ name }) => name),
    groupWait: 0,
  });
  try {
    const bot = createBot(config, redis, { log });
    bot.wakeUps.passTo({
      notify: queues.notifyNow,
      deliver: queues.deliver,
      announce: queues.announce,
    });
    await migrate(redis, { report: printError });
    const zone = config.ops?.zone ?? config.workspaces[0]!.zone;
    const actor: Actor = { user: by, channel: "", terminal: { zone, readFile } };
    const answer = await perform(command, actor, { bot, log });
    return answer.verbatim ?? inTerminalWords(plainAnswer(answer));
  } finally {
    await queues.close();
    redis.disconnect();
    await found.stop();
  }
}

/** A container may run as a user without a name: then userInfo throws. */
function userName(): string {
  try {
    return userInfo().username || "somebody";
  } catch {
    return "somebody";
  }
}

function readFile(path: string): string {
  try {
    return readFileSync(path === "-" ? process.stdin.fd : path, "utf8");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`${path} cannot be read (${code}): name a file that export has written`, {
      cause: error,
    });
  }
}

/** The program on the words typed after its name. */
export const main = mainOf(run, USAGE);

await runIfStarted(import.meta.filename, main);
