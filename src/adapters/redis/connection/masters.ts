import { Cluster, type Redis } from "ioredis";

/** The servers that hold the data; each has memory, a version and settings of its own. */
export const mastersOf = (redis: Redis): Redis[] =>
  (redis as unknown) instanceof Cluster ? (redis as unknown as Cluster).nodes("master") : [redis];
