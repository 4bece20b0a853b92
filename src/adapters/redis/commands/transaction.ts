import type { ChainableCommander } from "ioredis";

/**
 * Runs a transaction on one key. Throws the error of a refused command, which a transaction alone would return like a
 * success.
 */
export async function runWhole(transaction: ChainableCommander, key: string): Promise<void> {
  const failed = (await transaction.exec())?.find(([error]) => error)?.[0];
  if (failed) throw Object.assign(failed, { command: { name: "exec", args: [key] } });
}
