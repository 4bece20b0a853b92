import { inspect } from "node:util";
import { explain } from "../src/explain.ts";
import { createLog } from "../src/log.ts";
import { redact } from "../src/redact.ts";
import { type Service, service } from "./service.ts";

// A stop that takes longer than this is cut short: whatever was under way is done again after the next start.
const STOP_WITHIN = 9_000;

let running: Service | undefined;

function leave(signal: string): void {
  // Nothing was begun yet that would have to be ended.
  if (!running) process.exit(0);
  running.log.info({ signal }, "service.stopping");
  setTimeout(() => process.exit(1), STOP_WITHIN).unref();
  running.stop().then(
    () => process.exit(0),
    () => process.exit(1),
  );
}

// Listened for from the beginning: Redis may be waited for at the start.
process.once("SIGTERM", leave);
process.once("SIGINT", leave);

// What nobody caught ends the process as it always does, but not a secret of it is printed.
process.on("uncaughtException", (error) => {
  (running?.log ?? createLog("error")).error({ error: inspect(error, { depth: 6 }) }, "service.crashed");
  process.exit(1);
});

try {
  running = await service(process.env);
} catch (error) {
  console.error(redact(explain(error)));
  process.exit(1);
}
