import type { Redis } from "ioredis";
import type { SlackConnectionStore } from "../../pipeline/ports/slack.ts";
import { script } from "./commands/script.ts";
import type { Keys } from "./keys.ts";

/** KEYS: connections. ARGV: connection, life in milliseconds. Answers how many are open, by the clock of Redis. */
const hold = script(`
local time = redis.call('TIME')
local now = time[1] * 1000 + math.floor(time[2] / 1000)
redis.call('ZREMRANGEBYSCORE', KEYS[1], '-inf', now)
redis.call('ZADD', KEYS[1], now + ARGV[2], ARGV[1])
return redis.call('ZCARD', KEYS[1])
`);

/** The open connections to Slack in a sorted set, by when each was open for the last time. */
export const redisSlackConnections = (redis: Redis, keys: Keys): SlackConnectionStore => ({
  async hold(id, within) {
    return Number(await hold(redis, [keys.slackConnections()], [id, within]));
  },
  async release(id) {
    await redis.zrem(keys.slackConnections(), id);
  },
});
