import type { Spending } from "../../notifications/alert-limit.ts";
import type { Overflow, OverflowNotification } from "../../notifications/overflow.ts";
import type { Message } from "./messages.ts";

/** What was spent of each channel's alert limit; changed only through a compare-and-set, like incidents. */
export interface SpendingStore {
  of(channel: string): Promise<Spending | undefined>;
  /** Writes with the version raised by one, or answers undefined when another writer came first. */
  save(spending: Spending): Promise<Spending | undefined>;
}

/** Digests; each changes only through a compare-and-set, like incidents. */
export interface OverflowStore {
  byId(id: string): Promise<Overflow | undefined>;
  /** Writes with the version raised by one, or answers undefined when another writer came first. */
  save(overflow: Overflow): Promise<Overflow | undefined>;
}

/** Turns digests into messages; pure. */
export interface OverflowRenderer {
  /** The message of the digest itself, as it now stands. */
  root(notification: OverflowNotification): Message;
  /** What is said in its thread of what was added. */
  replies(notification: OverflowNotification): Message[];
}
