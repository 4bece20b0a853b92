import { closeSync, constants, openSync, writeSync } from "node:fs";
import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { withLock } from "../lock.ts";
import { answers, shutDown } from "./ping.ts";
import { ADDRESS, type PrivateServer, USERS } from "./private-server.ts";

/**
 * Joins the server that already works on a folder, or starts one: two servers on one folder would overwrite each
 * other's data. It lives as long as any of the processes that use it.
 * @param patience how long another process may take to start it, in milliseconds.
 */
export async function shareServer(
  folder: string,
  start: () => Promise<PrivateServer>,
  timeout = 200_000,
): Promise<PrivateServer & { readonly isJoined: boolean }> {
  await mkdir(folder, { recursive: true });
  return withLock(join(folder, "lock.db"), timeout, async () => {
    const running = await joinServer(folder);
    return running ? { ...running, isJoined: true } : { ...(await start()), isJoined: false };
  });
}

async function joinServer(folder: string): Promise<PrivateServer | undefined> {
  const url = await readFile(join(folder, ADDRESS), "utf8").catch(() => "");
  if (URL.parse(url) === null) return undefined;
  const pipe = openForWriting(join(folder, USERS));
  if (pipe !== undefined && (await answers(url)) && hasReader(pipe)) {
    let isOpen = true;
    return {
      url,
      async stop() {
        if (isOpen) closeSync(pipe);
        isOpen = false;
      },
    };
  }
  if (pipe !== undefined) closeSync(pipe);
  // It is ending just now, or nobody is left to end it.
  await shutDown(url);
  return undefined;
}

/** The pipe, unless nobody reads from it: then the server has ended or is about to. */
function openForWriting(path: string): number | undefined {
  try {
    return openSync(path, constants.O_WRONLY | constants.O_NONBLOCK);
  } catch {
    return undefined;
  }
}

function hasReader(pipe: number): boolean {
  try {
    return writeSync(pipe, "\n") === 1;
  } catch {
    return false;
  }
}
