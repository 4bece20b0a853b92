import { Cluster, type Redis } from "ioredis";

/**
 * Makes a connection send all commands of one turn of the event loop in one write. By default each command is a write of
 * its own, which costs more than the command itself. Their order stays, and each is answered and repeated by itself.
 */
export function inOneWrite<Connection extends Redis | Cluster>(connection: Connection): Connection {
  if (connection instanceof Cluster) connection.on("+node", (node: Redis) => collectWrites(node));
  else collectWrites(connection);
  return connection;
}

function collectWrites(redis: Redis): void {
  // Each attempt to connect opens another socket.
  redis.on("connect", () => {
    const { stream } = redis;
    const write = stream.write.bind(stream) as typeof stream.write;
    let isCollecting = false;
    stream.write = ((...written: Parameters<typeof write>) => {
      if (!isCollecting) {
        isCollecting = true;
        stream.cork();
        setImmediate(() => {
          isCollecting = false;
          stream.uncork();
        });
      }
      return write(...written);
    }) as typeof stream.write;
  });
}
