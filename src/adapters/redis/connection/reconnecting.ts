import type { Cluster } from "ioredis";

/**
 * Makes a cluster's `connect` resolve once it is connected, by whichever attempt. By default it only knows the first,
 * and never resolves if that fails: a BullMQ worker that reconnects while a replica takes over then waits for ever.
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
  // BullMQ waits on copies.
  cluster.duplicate = (...options) => reconnecting(duplicate(...options));
  return cluster;
}
