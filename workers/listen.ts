import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { InputError } from "../src/errors.ts";

/** Where to listen. */
export interface Address {
  readonly host: string;
  /** 0 for any that is free. */
  readonly port: number;
}

/** Listens, and answers the address as a URL. Throws InputError with what to set where it cannot be listened on. */
export async function listenOn(server: Server, { host, port }: Address, advice: string): Promise<string> {
  server.listen(port, host);
  try {
    await once(server, "listening");
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    throw new InputError(`${host}:${port} cannot be listened on (${code}): ${advice}`, { cause: error });
  }
  const { address, family, port: taken } = server.address() as AddressInfo;
  return `http://${family === "IPv6" ? `[${address}]` : address}:${taken}`;
}

/** Takes nothing more, and cuts off whoever is still there; ends once all of it is closed. */
export async function closeServer(server: Server): Promise<void> {
  const closed = server.listening ? once(server, "close") : undefined;
  server.close();
  server.closeAllConnections();
  await closed;
}
