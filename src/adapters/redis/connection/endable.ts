import type { Cluster, Redis } from "ioredis";

/** The part of a connection that this needs, single or cluster. */
interface Client {
  status: string;
  disconnect(reconnect?: boolean): void;
  duplicate(...options: never[]): unknown;
}

/**
 * Makes a connection emit `end` whenever it is disconnected. By default it does not when disconnected between two
 * attempts to connect: a BullMQ worker that is closed at that moment then waits for ever.
 */
export function stoppable<Connection extends Redis | Cluster>(connection: Connection): Connection {
  const client: Client = connection;
  const disconnect = client.disconnect.bind(client);
  const duplicate = client.duplicate.bind(client);
  client.disconnect = (reconnect = false) => {
    // A connection that never started ends as it should: with an event, and its waiting commands refused.
    if (!reconnect && client.status === "reconnecting") client.status = "wait";
    disconnect(reconnect);
  };
  // BullMQ waits on copies.
  client.duplicate = (...options) => stoppable(duplicate(...options) as Connection);
  return connection;
}
