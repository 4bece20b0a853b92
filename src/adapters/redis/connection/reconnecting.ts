import type { Cluster } from "ioredis";

/**
 * Makes a cluster's `connect` answer once it is connected, by whichever attempt. By itself it only knows of the first,
 * and where that one fails it never answers: a BullMQ worker that connects anew while a replica takes over, as it does
 * whenever its wait for jobs takes too long, then waits for ever.
 */
export function reconnecting(cluster: Cluster): Cluster {
  const connect = cluster.connect.bind(cluster);
  const duplicate = cluster.duplicate.bind(cluster);
  cluster.connect = () => {
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    cluster.once("ready", resolve);
    connect().then(resolve, reject);
    return promise.finally(() => cluster.off("ready", resolve));
  };
  // BullMQ takes copies to wait on.
  cluster.duplicate = (...options) => reconnecting(duplicate(...options));
  return cluster;
}
