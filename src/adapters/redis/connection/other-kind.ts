import type { PermanentError } from "../../../errors.ts";
import { damaged } from "../commands/damaged.ts";
import { refused } from "./refusal.ts";

/** A refusal of Redis, and the command it answers. */
interface Refusal extends Error {
  readonly command?: { readonly name: string; readonly args: readonly unknown[] };
}

/**
 * A port whose errors name the key that holds a value of another type, or say why Redis refused the call, and what to
 * do. Every method returns a promise.
 */
export function naming<Port extends object>(port: Port): Port {
  const named = Object.entries(port).map(([name, act]) => [
    name,
    async (...values: unknown[]) => {
      try {
        return await (act as (...values: unknown[]) => Promise<unknown>)(...values);
      } catch (error) {
        throw otherKind(error) ?? refused(error) ?? error;
      }
    },
  ]);
  return Object.fromEntries(named) as Port;
}

function otherKind(error: unknown): PermanentError | undefined {
  if (!(error instanceof Error) || !error.message.startsWith("WRONGTYPE")) return undefined;
  const keys = keysIn(error).map((key) => `'${key}'`);
  const remedy =
    "Check what it is (redis-cli TYPE and the key), and delete it (redis-cli DEL and the key); Tidewatch creates it again.";
  return damaged(keys.join(" or ") || "one of its keys", "it is another kind of value", remedy, error);
}

/** The keys of a command: the first argument of most; of a script, those after their number. */
function keysIn({ command }: Refusal): string[] {
  const { name = "", args = [] } = command ?? {};
  const keys = /^eval/i.test(name) ? args.slice(2, 2 + Number(args[1])) : args.slice(0, 1);
  return keys.map(String);
}
