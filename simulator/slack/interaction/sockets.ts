import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { SECOND } from "../../../src/time/time.ts";
import { app } from "../wire.ts";
import type { Acknowledgement, Delivery } from "./delivery.ts";

/** As many connections as an app may have. */
const MOST = 10;
/** Slack pings, and clients hang up where it does not for half a minute. */
const PING_EVERY = 10 * SECOND;

const types: Record<Delivery["kind"], string> = {
  command: "slash_commands",
  interactive: "interactive",
  event: "events_api",
};

export type Sockets = ReturnType<typeof createSockets>;

/** Socket Mode: the app connects, and each payload goes to one of its connections. */
export function createSockets(timeout: number) {
  const server = new WebSocketServer({ noServer: true });
  const tickets = new Set<string>();
  const open: WebSocket[] = [];
  const waiting = new Map<string, { readonly socket: WebSocket; readonly done: Done }>();
  let made = 0;
  let turn = 0;
  let slowness = 0;

  const conclude = (envelope: string, answer: Acknowledgement) => {
    const { done } = waiting.get(envelope) ?? {};
    waiting.delete(envelope);
    done?.(answer);
  };

  server.on("connection", (socket) => {
    open.push(socket);
    const ping = setInterval(() => socket.ping(), PING_EVERY);
    socket.on("message", (data) => {
      const { envelope_id: envelope, payload } = envelopeIn(String(data));
      conclude(envelope, { acked: true, body: payload });
    });
    socket.on("error", () => socket.terminate());
    socket.on("close", () => {
      clearInterval(ping);
      const index = open.indexOf(socket);
      if (index >= 0) open.splice(index, 1);
      for (const [envelope, each] of waiting) {
        if (each.socket === socket) conclude(envelope, { acked: false, error: "dispatch_failed" });
      }
    });
    send(socket, {
      type: "hello",
      num_connections: open.length,
      debug_info: { host: "simulated", build_number: 1, approximate_connection_time: 3_600 },
      connection_info: { app_id: app.id },
    });
  });

  const send = (socket: WebSocket, message: unknown) => {
    const text = JSON.stringify(message);
    if (slowness === 0) socket.send(text);
    else setTimeout(() => socket.readyState === WebSocket.OPEN && socket.send(text), slowness).unref();
  };

  return {
    /** A new address for one connection, below the simulator's own. */
    ticket(): string {
      const ticket = `ticket-${++made}`;
      tickets.add(ticket);
      return `/link/?ticket=${ticket}&app_id=${app.id}`;
    },
    /** Takes a connection that came with a ticket nobody has used, as long as there are not too many. */
    upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
      const asked = URL.parse(request.url ?? "/", "http://localhost");
      const isKnown = asked?.pathname === "/link/" && tickets.delete(asked.searchParams.get("ticket") ?? "");
      if (!isKnown || open.length >= MOST) {
        socket.end(
          `HTTP/1.1 ${isKnown ? "429 Too Many Requests" : "401 Unauthorized"}\r\nConnection: close\r\n\r\n`,
        );
        return;
      }
      server.handleUpgrade(request, socket, head, (connection) =>
        server.emit("connection", connection, request),
      );
    },
    deliver({ kind, payload, takesReply, retry }: Delivery): Promise<Acknowledgement> {
      const usable = open.filter(({ readyState }) => readyState === WebSocket.OPEN);
      const socket = usable[turn++ % Math.max(1, usable.length)];
      if (!socket) return Promise.resolve({ acked: false, error: "dispatch_failed" });
      const envelope = `${String(++made).padStart(8, "0")}-simulated`;
      return new Promise((done) => {
        const late = setTimeout(
          () => conclude(envelope, { acked: false, error: "operation_timeout" }),
          timeout,
        );
        const finish: Done = (answer) => {
          clearTimeout(late);
          done(answer);
        };
        waiting.set(envelope, { socket, done: finish });
        send(socket, {
          envelope_id: envelope,
          type: types[kind],
          accepts_response_payload: takesReply,
          payload,
          ...(kind === "event" && { retry_attempt: retry?.num ?? 0, retry_reason: retry?.reason ?? "" }),
        });
      });
    },
    /** How many connections the app has. */
    count: (): number => open.length,
    /** Slack asks the app to connect anew, as it does every few hours; a warning comes some seconds before. */
    askToReconnect(reason: "warning" | "refresh_requested" = "refresh_requested"): void {
      for (const socket of open)
        send(socket, { type: "disconnect", reason, debug_info: { host: "simulated" } });
    },
    /** Every connection is lost without a word. */
    cut(): void {
      for (const socket of [...open]) socket.terminate();
    },
    /** From now on everything arrives so many milliseconds late. */
    slow(milliseconds: number): void {
      slowness = milliseconds;
    },
  };
}

type Done = (answer: Acknowledgement) => void;

interface Envelope {
  readonly envelope_id: string;
  readonly payload?: unknown;
}

/** What is no envelope answers none. */
function envelopeIn(text: string): Envelope {
  try {
    return (JSON.parse(text) ?? {}) as Envelope;
  } catch {
    return { envelope_id: "" };
  }
}
