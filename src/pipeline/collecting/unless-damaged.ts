import { PermanentError } from "../../errors.ts";

/**
 * Returns what is stored; undefined where it is damaged, since a history can be read from Braze again and nobody else
 * should wait for it. @param forget deletes what is damaged; only the collection does so.
 */
export async function unlessDamaged<T>(
  read: () => Promise<T | undefined>,
  forget: () => Promise<unknown> = async () => {},
): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (!(error instanceof PermanentError && error.failure === "redis-damaged")) throw error;
    await forget();
    return undefined;
  }
}
