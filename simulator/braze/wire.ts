import type { ServerResponse } from "node:http";
import type { Reply } from "./replies.ts";

/** Sends a reply, or lets it go wrong on its way. */
export function send(response: ServerResponse, { status, headers = {}, body, mishap }: Reply): void {
  const length = Buffer.byteLength(body);
  const half = body.slice(0, Math.ceil(body.length / 2));
  switch (mishap) {
    case "stall":
      return;
    case "reset":
      response.socket?.resetAndDestroy();
      return;
    case "stall-midway":
      response.writeHead(status, { ...headers, "content-length": length });
      response.write(half);
      return;
    case "cut-off":
      response.writeHead(status, { ...headers, "content-length": length });
      response.write(half, () => response.destroy());
      return;
    case "endless":
      response.writeHead(status, headers);
      response.on("drain", () => pour(response));
      pour(response);
      return;
    default:
      response.writeHead(status, { ...headers, "content-length": length });
      response.end(body);
  }
}

const FLOOD = " ".repeat(16_384);

function pour(response: ServerResponse): void {
  let hasRoom = true;
  while (hasRoom && !response.destroyed) hasRoom = response.write(FLOOD);
}
