import { userInfo } from "node:os";
import { openQueues } from "../../../workers/queues.ts";
import { brazeSpaces } from "../../adapters/braze/spaces.ts";
import { connect } from "../../adapters/redis/connection/connection.ts";
import { migrate } from "../../adapters/redis/migrate.ts";
import { findRedis } from "../../adapters/redis/server/find.ts";
import { redisStores } from "../../adapters/redis/stores.ts";
import { readConfig } from "../../config/config.ts";
import { InputError } from "../../errors.ts";
import type { Acknowledgement } from "../../incidents/incident.ts";
import { createLog } from "../../log.ts";
import { acknowledge } from "../../pipeline/actions/acknowledge.ts";
import type { BackupDeps } from "../../pipeline/actions/backup.ts";
import type { ExcludingDeps } from "../../pipeline/actions/exclude.ts";
import { announcedAtOnce, wakeUps, waking } from "../../pipeline/actions/wake-up.ts";
import { addWatch, removeWatch, type WatchingDeps } from "../../pipeline/actions/watch.ts";
import { profilesOf } from "../../pipeline/collecting/profiles.ts";
import type { Context } from "../../pipeline/context.ts";
import type { ReviewDeps } from "../../pipeline/reports/weekly-review.ts";
import { redact } from "../../redact.ts";
import { type Sensitivity, type Watch, watchTitle } from "../../settings/watch.ts";
import { quietWords } from "../../text/quiet-hours.ts";
import { runCommand } from "../command.ts";
import { minuteName } from "../instant.ts";
import { auditCommand } from "./audit.ts";
import { exportCommand, importCommand } from "./backup.ts";
import { muteCommand, mutesCommand, type Typist, unmuteCommand } from "./mutes.ts";
import { parseWatchArgs, USAGE, type WatchValues, watchRequest } from "./options.ts";
import { reviewCommand } from "./review.ts";
import { eventCommand, excludeCommand, exclusionsCommand, includeCommand, labelCommand } from "./teaching.ts";

const line = (watch: Watch): string =>
  [
    watch.id,
    watchTitle(watch),
    `by the ${watch.series.unit}`,
    watch.direction,
    said(watch.sensitivity),
    watch.channel,
    ...(watch.quiet ? [quietWords(watch.quiet)] : []),
  ].join("  ");

const ackLine = (incidentId: string, { by, at }: Acknowledgement): string =>
  `${incidentId} was acknowledged by ${by} at ${minuteName(at)}`;

const said = (sensitivity: Sensitivity): string =>
  typeof sensitivity === "string" ? sensitivity : `${sensitivity.alertsPerMonth}/month`;

async function run(args: string[]): Promise<string> {
  const { values, positionals } = parseWatchArgs(args);
  const config = readConfig(process.env);
  const found = await findRedis(config.redisUrl, process.env.PATH, console.error);
  const redis = connect(found.url, createLog("error", process.stderr));
  const { probe } = brazeSpaces(config.workspaces);
  const log = createLog("error", process.stderr);
  const queues = openQueues(redis, log, {
    workspaces: config.workspaces.map(({ name }) => name),
    gatherFor: 0,
  });
  // The workers, wherever they run, show at once what is typed here.
  const hints = wakeUps((error) => log.error({ error: redact(String(error)) }, "wake-up.lost"));
  hints.passTo({ notify: queues.notifyNow, announce: queues.announce });
  const kept = redisStores(redis);
  const stores = {
    ...kept,
    outbox: waking(kept.outbox, hints),
    changes: announcedAtOnce(kept.changes, hints),
  };
  const { workspaces } = config;
  const profiles = profilesOf({ workspaces, ...stores });
  const deps = { ...stores, probe, workspaces, clock: Date.now, profiles };
  const typist = {
    name: userName(),
    workspaces: config.workspaces,
    zone: config.ops?.zone ?? config.workspaces[0]!.zone,
    now: Date.now(),
  };
  try {
    await migrate(redis, { say: console.error });
    return await answer(positionals, values, typist, deps);
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

async function answer(
  [commandName, ...words]: string[],
  values: WatchValues,
  typist: Typist,
  deps: WatchingDeps &
    Pick<Context, "audit" | "journal" | "watches"> &
    ReviewDeps &
    BackupDeps &
    ExcludingDeps,
): Promise<string> {
  const [id] = words;
  const by = values.by ?? typist.name;
  switch (commandName) {
    case "add": {
      const { changed } = await addWatch(watchRequest(values, typist.workspaces), by, deps);
      return `added ${line(changed.after)}`;
    }
    case "remove":
      if (!id) throw new InputError(`which watch is to be removed?\n\n${USAGE}`);
      return `removed ${line((await removeWatch(id, by, deps)).changed.before)}`;
    case "list":
      return (
        (await deps.watches.all()).map(line).join("\n") || "no watches yet. Add one: npm run watch -- add …"
      );
    case "mute":
      return muteCommand(id, values, typist, deps);
    case "unmute":
      return unmuteCommand(id, values, typist, deps);
    case "mutes":
      return mutesCommand(deps);
    case "ack":
      if (!id) throw new InputError(`which incident? See the id at the bottom of its alert\n\n${USAGE}`);
      return ackLine(id, await acknowledge(id, by, deps));
    case "export":
      return exportCommand(deps);
    case "import":
      return importCommand(id, values, typist, deps);
    case "label":
      return labelCommand(words, values, typist, deps);
    case "exclude":
      return excludeCommand(id, values, typist, deps);
    case "include":
      return includeCommand(words, values, typist, deps);
    case "exclusions":
      return exclusionsCommand(id, deps);
    case "event":
      return eventCommand(words, values, typist, deps);
    case "audit":
      return auditCommand(id, values, typist, deps);
    case "review":
      return reviewCommand(values, typist, deps);
    default:
      throw new InputError(
        `${commandName ? `unknown command "${commandName}"` : "a command is missing"}:\n\n${USAGE}`,
      );
  }
}

await runCommand(run, USAGE);
