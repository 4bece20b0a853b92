import type { Cluster, Redis } from "ioredis";

/** What this needs of a connection, be it to one Redis or to a cluster. */
interface Client {
  status: string;
  disconnect(reconnect?: boolean): void;
  duplicate(...options: never[]): unknown;
}

/**
 * Makes a connection say `end` whenever it is told to disconnect. By itself it ends without a word where it is told so
 * between two attempts to connect: a BullMQ worker that is closed while Redis is on its way back then waits for ever.
 */
export function stoppable<Connection extends Redis | Cluster>(connection: Connection): Connection {
  const client: Client = connection;
  const disconnect = client.disconnect.bind(client);
  const duplicate = client.duplicate.bind(client);
  client.disconnect = (reconnect = false) => {
    // One that was never begun is ended as it should be: with a word, and its waiting commands refused.
    if (!reconnect && client.status === "reconnecting") client.status = "wait";
    disconnect(reconnect);
  };
  // BullMQ takes copies to wait on.
  client.duplicate = (...options) => stoppable(duplicate(...options) as Connection);
  return connection;
}
