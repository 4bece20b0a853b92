import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial } from "node:net";

/** A way to Redis on which a reply can get lost. */
export interface LossyRedis {
  readonly url: string;
  /** Swallows the reply to the next command that holds this word, once Redis has carried it out, and breaks that connection. */
  loseReplyTo(word: string): void;
  /** How many replies were lost. */
  lost(): number;
  close(): void;
}

/** Opens a proxy in front of a Redis. */
export async function lossyRedis(redisUrl: string): Promise<LossyRedis> {
  const { port, password } = new URL(redisUrl);
  let wanted: string | undefined;
  let lost = 0;
  const server = createServer((client) => {
    const upstream = dial(Number(port), "127.0.0.1");
    let isSwallowing = false;
    client.on("data", (bytes) => {
      if (wanted !== undefined && bytes.includes(wanted)) {
        wanted = undefined;
        isSwallowing = true;
      }
      upstream.write(bytes);
    });
    upstream.on("data", (bytes) => {
      if (!isSwallowing) return void client.write(bytes);
      lost++;
      client.destroy();
      upstream.destroy();
    });
    for (const [socket, other] of [
      [client, upstream],
      [upstream, client],
    ] as const) {
      socket.on("error", () => other.destroy());
      socket.on("close", () => other.destroy());
    }
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `redis://:${password}@127.0.0.1:${(server.address() as AddressInfo).port}`,
    loseReplyTo(word) {
      wanted = word;
    },
    lost: () => lost,
    close: () => server.close(),
  };
}
