import { inspect } from "node:util";
import { optionsOrHelp } from "../src/cli/command.ts";
import { explain } from "../src/explain.ts";
import { createLog, type Log } from "../src/log.ts";
import { redact } from "../src/redact.ts";
import { service } from "./service.ts";

// A longer stop is cut short. Its unfinished work is repeated after the next start.
const STOP_WITHIN = 9_000;

optionsOrHelp(
  {},
  `npm start
Runs the bot with the settings of the environment and of .env (docs/configuration.md). npm run doctor checks them first;
npm run demo needs none.`,
);

const opened = new AsyncDisposableStack();
let log: Log | undefined;

// A bot that is still starting may already have begun to work.
function leave(signal: string): void {
  log?.info({ signal }, "service.stopping");
  setTimeout(() => process.exit(1), STOP_WITHIN).unref();
  opened.disposeAsync().then(
    () => process.exit(0),
    () => process.exit(1),
  );
}

// Registered first, because the start may wait for Redis.
process.once("SIGTERM", leave);
process.once("SIGINT", leave);

// An uncaught error ends the process as usual, but without printing a secret.
process.on("uncaughtException", (error) => {
  (log ?? createLog("error")).error({ error: inspect(error, { depth: 6 }) }, "service.crashed");
  process.exit(1);
});

try {
  log = await service(process.env, opened);
} catch (error) {
  // A stop during the start ends the process.
  if (!opened.disposed) fail(error);
}

function fail(error: unknown): never {
  process.stderr.write(`${redact(explain(error))}\n`);
  process.exit(1);
}
