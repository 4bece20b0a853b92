import { createServer, type RequestListener } from "node:http";
import { createBullBoard } from "@bull-board/api";
import { BullMQAdapter } from "@bull-board/api/bullMQAdapter";
import { ExpressAdapter } from "@bull-board/express";
import { type ConnectionOptions, Queue } from "bullmq";
import type { BoardConfig } from "../../src/config/observing.ts";
import type { Log } from "../../src/log.ts";
import { redact } from "../../src/redact.ts";
import { SECOND } from "../../src/time/time.ts";
import type { HttpServer } from "../monitoring/http.ts";
import { closeServer, listenOn } from "../monitoring/listen.ts";
import { nameOfQueue, QUEUE_PREFIX, queueNames } from "../queues.ts";
import { behindPassword } from "./password.ts";

const LIMITS = {
  maxHeaderSize: 16_384,
  headersTimeout: 5 * SECOND,
  requestTimeout: 20 * SECOND,
  keepAliveTimeout: 5 * SECOND,
} as const;
const MOST_CONNECTIONS = 50;

/** Serves Bull Board behind a password. Throws InputError when it cannot listen on the address. */
export async function startBoard(
  { host, port, password, mayChange }: BoardConfig,
  workspaces: readonly string[],
  connection: ConnectionOptions,
  log: Pick<Log, "debug">,
): Promise<HttpServer> {
  const names = queueNames.flatMap((kind) =>
    kind === "collect" ? workspaces.map((workspace) => nameOfQueue(kind, workspace)) : [kind],
  );
  const queues = names.map((name) => {
    const queue = new Queue(name, { connection, prefix: QUEUE_PREFIX });
    queue.on("error", (error) => log.debug({ queue: name, error: redact(error.message) }, "queue.error"));
    return queue;
  });
  const pages = new ExpressAdapter();
  createBullBoard({
    queues: queues.map((queue) => new BullMQAdapter(queue, { readOnlyMode: !mayChange })),
    serverAdapter: pages,
    // Hides the details and connections of Redis.
    options: { uiConfig: { boardTitle: "Tidewatch", hideRedisDetails: true, showWorkers: false } },
  });
  const server = createServer(LIMITS, behindPassword(password, pages.getRouter() as RequestListener));
  server.maxConnections = MOST_CONNECTIONS;
  const url = await listenOn(server, { host, port }, "set another BULL_BOARD_PORT or BULL_BOARD_HOST");
  return {
    url,
    async close() {
      await closeServer(server);
      await Promise.all(queues.map((queue) => queue.close()));
    },
  };
}
