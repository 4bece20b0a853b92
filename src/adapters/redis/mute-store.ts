import type { Redis } from "ioredis";
import type { MuteStore } from "../../pipeline/ports.ts";
import { damaged } from "./damaged.ts";
import { type Keys, LIFE } from "./keys.ts";

/** Mutes as the instant they end at. Whether that has passed is asked of the caller's clock, never of Redis'. */
export function redisMutes(redis: Redis, keys: Keys): MuteStore {
  return {
    async mute(watchId, until) {
      await redis.set(keys.mute(watchId), until, "EX", LIFE.mute);
    },
    async unmute(watchId) {
      await redis.del(keys.mute(watchId));
    },
    async isMuted(watchId, now) {
      const key = keys.mute(watchId);
      // Each look prolongs its life: it is gone once nobody asks any more, since the watch is gone.
      const until = await redis.getex(key, "EX", LIFE.mute);
      if (until === null) return false;
      if (until === "" || Number.isNaN(Number(until))) {
        throw damaged(
          key,
          `"${until.slice(0, 40)}" is no instant`,
          `Unmute the watch: redis-cli DEL '${key}'.`,
        );
      }
      return now < Number(until);
    },
  };
}
