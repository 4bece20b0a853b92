import { inspect } from "node:util";
import { ConfigError } from "../../src/config/config.ts";
import { InputError, PermanentError, TransientError } from "../../src/errors.ts";
import { redact } from "../../src/redact.ts";
import type { Dice } from "./dice.ts";
import { SECRET } from "./hostile.ts";

/** One case: throws when the program does what it must not. Answers whether the input was refused. */
export type Strike = (dice: Dice) => Promise<boolean> | boolean;

/** A way in, opened for attack. */
export interface Opened {
  readonly strike: Strike;
  close?(): Promise<void>;
}

/** A way by which input reaches the program. */
export interface Way {
  readonly name: string;
  /** What comes in there. */
  readonly what: string;
  /** Of a million cases, how many are this way's. */
  readonly share: number;
  open(): Opened | Promise<Opened>;
}

/** What a case showed that must not be. */
export class Broken extends Error {
  override name = "Broken" as const;
}

/** Throws Broken unless something holds. */
export function holds(condition: boolean, otherwise: string): asserts condition {
  if (!condition) throw new Broken(otherwise);
}

const refusals = [InputError, PermanentError, TransientError, ConfigError];

/** What `act` answers, or undefined where it refuses as it should; anything else it throws is a crash. */
export function refusedOr<Value>(act: () => Value): Value | undefined {
  try {
    return act();
  } catch (error) {
    checkRefusal(error);
    return undefined;
  }
}

/** The same of what takes time. */
export async function refusedOrLater<Value>(act: () => Promise<Value>): Promise<Value | undefined> {
  try {
    return await act();
  } catch (error) {
    checkRefusal(error);
    return undefined;
  }
}

/** Throws Broken for an error that is none of ours, says nothing, or tells a secret. */
export function checkRefusal(error: unknown): void {
  if (error instanceof Broken) throw error;
  holds(
    refusals.some((kind) => error instanceof kind),
    `crash: ${error instanceof Error ? error.stack : inspect(error)}`,
  );
  const { message } = error as Error;
  holds(message.trim() !== "", "an error without a word");
  // As a log or a stack trace would show it, causes included; what people typed is redacted where it is printed.
  const shown = inspect(error, { depth: 6 });
  const printed = error instanceof InputError ? redact(shown) : shown;
  holds(!printed.includes(SECRET), `a secret in: ${message}`);
  if (error instanceof PermanentError || error instanceof TransientError) {
    holds(
      error.advice.trim() !== "" && !error.advice.includes(SECRET),
      `no advice, or a secret in it: ${message}`,
    );
  }
}
