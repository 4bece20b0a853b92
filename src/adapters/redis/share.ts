import { closeSync, constants, openSync, writeSync } from "node:fs";
import { mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { InputError } from "../../errors.ts";
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
  patience = 200_000,
): Promise<PrivateServer & { readonly isJoined: boolean }> {
  await mkdir(folder, { recursive: true });
  const lock = join(folder, "lock");
  await takeLock(lock, patience);
  try {
    const running = await joinServer(folder);
    return running ? { ...running, isJoined: true } : { ...(await start()), isJoined: false };
  } finally {
    await rm(lock, { force: true });
  }
}

async function joinServer(folder: string): Promise<PrivateServer | undefined> {
  const url = await readFile(join(folder, ADDRESS), "utf8").catch(() => "");
  if (!URL.canParse(url)) return undefined;
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

/** Creates the lock file with this process' id; that of a process which is no more is put aside. */
async function takeLock(path: string, patience: number): Promise<void> {
  const begun = performance.now();
  for (;;) {
    try {
      return await writeFile(path, String(process.pid), { flag: "wx" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "EEXIST") throw error;
    }
    const holder = Number(await readFile(path, "utf8").catch(() => ""));
    if (holder > 0 && !isRunning(holder)) await rm(path, { force: true });
    if (performance.now() - begun > patience) {
      throw new InputError(`another process is starting Redis; if there is none, remove ${path}`);
    }
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function isRunning(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}
