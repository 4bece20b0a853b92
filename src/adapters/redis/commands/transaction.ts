import type { ChainableCommander } from "ioredis";

/**
 * Runs a transaction on one key. Throws what one of its commands was refused with, which names the key as that of any
 * other command does: by itself a transaction answers a refusal like a success.
 */
export async function runWhole(transaction: ChainableCommander, key: string): Promise<void> {
  const failed = (await transaction.exec())?.find(([error]) => error)?.[0];
  if (failed) throw Object.assign(failed, { command: { name: "exec", args: [key] } });
}
