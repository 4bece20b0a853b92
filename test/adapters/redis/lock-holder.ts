import { readFileSync, writeFileSync } from "node:fs";
import { withLock } from "../../../src/adapters/redis/lock.ts";

// Raises a number in a file many times, each time under the lock, and slowly. Told to `die`, it is killed in between.
const [lock, counter, times, end] = process.argv.slice(2) as [string, string, string, string];
for (let i = 0; i < Number(times); i++) {
  await withLock(lock, 60_000, async () => {
    const number = Number(readFileSync(counter, "utf8"));
    await new Promise((resolve) => setTimeout(resolve, 2));
    if (end === "die" && i === Number(times) - 1) process.kill(process.pid, "SIGKILL");
    writeFileSync(counter, String(number + 1));
  });
}
