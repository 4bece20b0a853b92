import { once } from "node:events";
import { type AddressInfo, createServer, connect as dial } from "node:net";

/** A way to Redis that breaks at a chosen command. */
export interface LossyRedis {
  readonly url: string;
  /** Breaks the connection on which a command goes, once. */
  breakAt(cut: Cut): void;
  /** Swallows the reply to the next command that holds this word, once Redis has carried it out, and breaks that connection. */
  loseReplyTo(word: string): void;
  /** How often it broke. */
  lost(): number;
  close(): void;
}

/** At which command a connection breaks. */
export interface Cut {
  /** What the command holds, such as the name of a key. */
  readonly word: string;
  /** Before Redis gets it, or after Redis has carried it out, its reply being lost. */
  readonly when: "before" | "after";
  /** How many such commands pass first. @default 0 */
  readonly skip?: number;
  /** What else happens at that moment. */
  readonly act?: () => void;
}

/** Opens a proxy in front of a Redis. */
export async function lossyRedis(redisUrl: string): Promise<LossyRedis> {
  const { port, password } = new URL(redisUrl);
  const wanted = new Set<Cut & { passed: number }>();
  let lost = 0;

  /** The cut that is due with these bytes; each happens once. */
  function cutAt(bytes: Buffer): Cut | undefined {
    for (const cut of wanted) {
      if (!bytes.includes(cut.word) || cut.passed++ < (cut.skip ?? 0)) continue;
      wanted.delete(cut);
      return cut;
    }
    return undefined;
  }

  const server = createServer((client) => {
    const upstream = dial(Number(port), "127.0.0.1");
    let swallowing: Cut | undefined;
    const breakOff = ({ act }: Cut) => {
      lost++;
      act?.();
      client.destroy();
      upstream.destroy();
    };
    client.on("data", (bytes) => {
      const cut = cutAt(bytes);
      if (cut?.when === "before") return breakOff(cut);
      swallowing ??= cut;
      upstream.write(bytes);
    });
    upstream.on("data", (bytes) => {
      if (!swallowing) return void client.write(bytes);
      if (!client.destroyed) breakOff(swallowing);
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
  const breakAt = (cut: Cut) => void wanted.add({ ...cut, passed: 0 });
  return {
    url: `redis://:${password}@127.0.0.1:${(server.address() as AddressInfo).port}`,
    breakAt,
    loseReplyTo: (word) => breakAt({ word, when: "after" }),
    lost: () => lost,
    close: () => server.close(),
  };
}
