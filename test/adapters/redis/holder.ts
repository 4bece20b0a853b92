import { thisMachine } from "../../../src/adapters/redis/server/machine.ts";
import { obtainRedis } from "../../../src/adapters/redis/server/obtain.ts";

// A process that uses a private Redis until it is told to stop, or killed; the folder of the data is its argument.
const [dataDir] = process.argv.slice(2);
const redis = await obtainRedis({
  ...(dataDir && { dataDir }),
  report: console.error,
  machine: thisMachine(process.env.PATH ?? ""),
});
process.once("message", async () => {
  await redis.stop();
  process.disconnect();
});
process.send?.({ url: redis.url, how: redis.how });
