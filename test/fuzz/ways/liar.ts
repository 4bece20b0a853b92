import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { createServer, type Socket } from "node:net";
import type { Dice } from "../dice.ts";
import { hostileText } from "../hostile.ts";

/** A server that answers each request with bytes of its own making. */
export interface Liar {
  readonly url: string;
  /** What the next requests get: bytes, sent as they are; the connection is closed after them unless it stalls. */
  reply: { readonly bytes: Buffer; readonly stalls: boolean; readonly isEndless: boolean };
  close(): Promise<void>;
}

/** Listens on a free port of the loopback interface. */
export async function startLiar(): Promise<Liar> {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("close", () => sockets.delete(socket)).on("error", () => {});
    socket.once("data", () => {
      const { bytes, stalls, isEndless } = liar.reply;
      socket.write(bytes);
      if (isEndless) pour(socket);
      else if (!stalls) socket.end();
    });
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  const liar: Liar = {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    reply: { bytes: Buffer.alloc(0), stalls: false, isEndless: false },
    async close() {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
  return liar;
}

const FLOOD = Buffer.alloc(65_536, "[");

/** Sends without end, as fast as it is taken. */
function pour(socket: Socket): void {
  while (!socket.destroyed && socket.write(FLOOD));
  if (!socket.destroyed) socket.once("drain", () => pour(socket));
}

/** An answer around a body: mostly well formed, sometimes not. Answers whether it is whole and a success. */
export function answerAround(body: Buffer, dice: Dice): { reply: Liar["reply"]; isWhole: boolean } {
  const isPlain = dice.chance(0.6);
  const status = isPlain
    ? 200
    : dice.pick([200, 201, 204, 301, 302, 400, 401, 403, 404, 418, 429, 500, 503, 599]);
  const extra = dice.chance(0.8)
    ? ""
    : dice.pick([
        `Retry-After: ${hostileText(dice, 1).replace(/[\r\n]/g, "")}\r\n`,
        "Content-Encoding: gzip\r\n",
        "Location: http://127.0.0.1:1/steal\r\n",
        `X-Long: ${"x".repeat(dice.int(40_000))}\r\n`,
        "Transfer-Encoding: chunked\r\n",
        "Content-Length: 5\r\n",
        "Bad header\r\n",
        "Set-Cookie: a=b\r\n",
      ]);
  const isCut = dice.chance(0.05);
  const stalls = isCut && dice.chance(0.1);
  const isEndless = !stalls && dice.chance(0.004);
  const length = isEndless ? "" : `Content-Length: ${body.length}\r\n`;
  const head = `HTTP/1.1 ${status} X\r\nContent-Type: application/json\r\n${length}${extra}\r\n`;
  const whole = dice.chance(0.03)
    ? Buffer.from(hostileText(dice, 20))
    : Buffer.concat([Buffer.from(head), body]);
  const bytes = isCut ? whole.subarray(0, dice.int(whole.length)) : whole;
  return {
    reply: { bytes, stalls, isEndless },
    isWhole: isPlain && !isCut && !isEndless && extra === "" && bytes.length === head.length + body.length,
  };
}
