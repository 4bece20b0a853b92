import { inspect } from "node:util";
import { explain } from "../src/explain.ts";
import { createLog, type Log } from "../src/log.ts";
import { redact } from "../src/redact.ts";
import { service } from "./service.ts";

// A stop that takes longer than this is cut short: whatever was under way is done again after the next start.
const STOP_WITHIN = 9_000;

const opened = new AsyncDisposableStack();
let log: Log | undefined;

// A bot that is still starting may have begun to work already.
function leave(signal: string): void {
  log?.info({ signal }, "service.stopping");
  setTimeout(() => process.exit(1), STOP_WITHIN).unref();
  opened.disposeAsync().then(
    () => process.exit(0),
    () => process.exit(1),
  );
}

// Listened for from the beginning: Redis may be waited for at the start.
process.once("SIGTERM", leave);
process.once("SIGINT", leave);

// What nobody caught ends the process as it always does, but not a secret of it is printed.
process.on("uncaughtException", (error) => {
  (log ?? createLog("error")).error({ error: inspect(error, { depth: 6 }) }, "service.crashed");
  process.exit(1);
});

try {
  log = await service(process.env, opened);
} catch (error) {
  // Whoever left in the middle of the start ends the process.
  if (!opened.disposed) fail(error);
}

function fail(error: unknown): never {
  console.error(redact(explain(error)));
  process.exit(1);
}
