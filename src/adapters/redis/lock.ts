import { DatabaseSync } from "node:sqlite";
import { InputError } from "../../errors.ts";

/** What SQLite says while another process holds the file. */
const BUSY = 5;

/**
 * Runs the work while no other process runs any under the same lock. The system holds the lock, on an empty file, and
 * releases it when the process ends, however it ends: so no lock is ever stale. Throws InputError if it cannot be had
 * within `timeout` milliseconds.
 */
export async function withLock<Result>(
  path: string,
  timeout: number,
  work: () => Promise<Result>,
): Promise<Result> {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    await take(file, path, timeout);
    return await work();
  } finally {
    file.close();
  }
}

async function take(file: DatabaseSync, path: string, timeout: number): Promise<void> {
  const begun = performance.now();
  for (;;) {
    try {
      return file.exec("BEGIN EXCLUSIVE");
    } catch (error) {
      if ((error as { errcode?: number }).errcode !== BUSY) throw error;
    }
    if (performance.now() - begun > timeout)
      throw new InputError(`another process has been starting Redis for long: end it (it holds ${path})`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
