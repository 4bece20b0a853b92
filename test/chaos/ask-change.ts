import { fork } from "node:child_process";
import { once } from "node:events";
import { lossyRedis } from "../support/lossy-redis.ts";
import type { Stage } from "../support/stage.ts";
import type { Ask } from "./asks.ts";
import type { Wish } from "./person.ts";

/** What becomes of a person's process, at one of its commands to Redis. */
export interface Interruption {
  readonly what: "killed before" | "killed after" | "reply lost";
  /** What the command holds; any one where it is empty. */
  readonly word: string;
  /** How many such commands pass first. */
  readonly skip: number;
}

/** A change that somebody requested, and its answer. */
export interface Asked {
  readonly by: string;
  readonly ask: Ask;
  /** `killed`: the process ended before it could answer. */
  readonly outcome: "done" | "refused" | "killed" | (string & {});
}

/** Has a person ask for a change, which is interrupted. */
export async function askChange(
  ask: Ask,
  by: string,
  { what, word, skip }: Interruption,
  { redis, config, now }: Stage,
): Promise<Asked> {
  const way = await lossyRedis(redis.url);
  const child = fork(new URL("person.ts", import.meta.url), { stdio: "inherit" });
  const exit = once(child, "exit");
  let outcome = "killed";
  try {
    const wish: Wish = { now: now(), redisUrl: way.url, config, ask, by };
    child.send(wish);
    await once(child, "message");
    child.on("message", (message) => {
      outcome = String(message);
    });
    way.breakAt({
      ...{ word, skip, when: what === "killed before" ? "before" : "after" },
      ...(what !== "reply lost" && { act: () => void child.kill("SIGKILL") }),
    });
    child.send("begin");
    await exit;
    return { by, ask, outcome };
  } finally {
    child.kill("SIGKILL");
    way.close();
  }
}
