import { explain } from "../src/explain.ts";
import { service } from "./service.ts";

// A stop that takes longer than this is cut short: whatever was under way is done again after the next start.
const STOP_WITHIN = 9_000;

try {
  const { log, stop } = await service(process.env);
  const leave = (signal: string) => {
    log.info({ signal }, "service.stopping");
    setTimeout(() => process.exit(1), STOP_WITHIN).unref();
    stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.once("SIGTERM", leave);
  process.once("SIGINT", leave);
} catch (error) {
  console.error(explain(error));
  process.exit(1);
}
