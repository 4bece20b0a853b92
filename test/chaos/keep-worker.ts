import { type ChildProcess, fork } from "node:child_process";
import type { Stage } from "../support/stage.ts";
import type { Orders } from "./worker.ts";

/** A worker process that is followed by another whenever it ends. */
export interface KeptWorker {
  /** Ends it as the kernel would: it cannot finish anything. */
  kill(): void;
  /** Whether one is running, and not only starting. */
  isUp(): boolean;
  /** All that every one of them printed. */
  printed(): string;
  stop(): void;
}

/** Keeps a worker process running, telling it the time as it passes. */
export function keepWorker({ config, now }: Stage, redisUrl: string): KeptWorker {
  const printed: string[] = [];
  let child: ChildProcess;
  let isStopped = false;
  let isUp = false;
  const order = (orders: Orders) => child.connected && child.send(orders, () => {});
  const start = () => {
    child = fork(new URL("worker.ts", import.meta.url), { stdio: ["ignore", "pipe", "pipe", "ipc"] });
    for (const stream of [child.stdout, child.stderr])
      stream?.on("data", (data: Buffer) => printed.push(data.toString()));
    order({ now: now(), start: { redisUrl, config } });
    child.once("message", () => {
      isUp = true;
    });
    child.once("exit", () => {
      isUp = false;
      if (!isStopped) start();
    });
  };
  start();
  let lastNotified = now();
  const ticking = setInterval(() => {
    if (now() === lastNotified) return;
    lastNotified = now();
    order({ now: lastNotified });
  }, 5);
  return {
    kill: () => void child.kill("SIGKILL"),
    isUp: () => isUp,
    printed: () => printed.join(""),
    stop() {
      isStopped = true;
      clearInterval(ticking);
      child.kill("SIGKILL");
    },
  };
}
