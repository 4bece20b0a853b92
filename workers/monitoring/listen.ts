import { once } from "node:events";
import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { InputError } from "../../src/errors.ts";
import { SECOND } from "../../src/time/time.ts";

/** Where to listen. */
export interface Address {
  readonly host: string;
  /** 0 for any free port. */
  readonly port: number;
}

/** Clients need no more time than this, so that slow ones take nothing from the workers. */
export const CLIENT_TIMEOUTS = {
  headersTimeout: 5 * SECOND,
  requestTimeout: 10 * SECOND,
  keepAliveTimeout: 5 * SECOND,
  connectionsCheckingInterval: SECOND,
} as const;

/** Listens and returns the URL. Throws InputError with the setting to change when it cannot. */
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

/** How long pending requests may take at a stop, and how often to check whether they ended, in milliseconds. */
const END_WITHIN = 2_000;
const LOOK_EVERY = 20;

/** Accepts no new connections, and ends once pending requests are answered. Slow clients are disconnected. */
export async function closeServer(server: Server): Promise<void> {
  if (!server.listening) return;
  const closed = once(server, "close");
  server.close();
  // A keep-alive connection becomes idle only with its response.
  const looking = setInterval(() => server.closeIdleConnections(), LOOK_EVERY);
  const cutting = setTimeout(() => server.closeAllConnections(), END_WITHIN);
  await closed;
  clearInterval(looking);
  clearTimeout(cutting);
}
