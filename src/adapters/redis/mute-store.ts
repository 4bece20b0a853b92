import type { Redis } from "ioredis";
import type { MuteStore } from "../../pipeline/ports.ts";
import type { Keys } from "./keys.ts";

/** Until when each watch is muted. The instant is compared, not left to expire: the bot's clock may not be Redis'. */
export function redisMutes(redis: Redis, keys: Keys): MuteStore {
  return {
    async mute(watchId, until) {
      await redis.set(keys.mute(watchId), String(until));
    },
    async unmute(watchId) {
      await redis.del(keys.mute(watchId));
    },
    async isMuted(watchId, now) {
      const until = await redis.get(keys.mute(watchId));
      return until !== null && now < Number(until);
    },
  };
}
