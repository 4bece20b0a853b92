import type { Server } from "node:http";

/** Listens on a port of this machine; 0 is any free one. Rejects when it cannot. */
export const listenOnLoopback = (server: Server, port: number): Promise<void> =>
  new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(port, "127.0.0.1", () => {
      server.off("error", fail);
      done();
    });
  });

/** Stops listening and breaks all connections off; the server can listen again. */
export const hangUpAll = (server: Server): Promise<void> =>
  new Promise((done) => {
    server.close(() => done());
    server.closeAllConnections();
  });
