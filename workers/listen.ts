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

/** How long what is under way may take at a stop, and how often it is looked whether it is over, in milliseconds. */
const END_WITHIN = 2_000;
const LOOK_EVERY = 20;

/** Takes nothing more, and ends once what was under way is answered; whoever is there too long is cut off. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  // A connection that was kept for another request becomes idle only with its answer.
  const looking = setInterval(() => server.closeIdleConnections(), LOOK_EVERY);
  const cutting = setTimeout(() => server.closeAllConnections(), END_WITHIN);
  await closed;
  clearInterval(looking);
  clearTimeout(cutting);
}
