import type { Spending } from "../../notifications/alert-limit.ts";
import type { Digest, DigestNotice } from "../../notifications/overflow.ts";
import type { Message } from "./messages.ts";

/** What was spent of each channel's alert budget; changed only through a compare-and-set, like incidents. */
export interface SpendingStore {
  of(channel: string): Promise<Spending | undefined>;
  /** Writes with the version raised by one, or answers undefined when another writer came first. */
  save(spending: Spending): Promise<Spending | undefined>;
}

/** Digests; each changes only through a compare-and-set, like incidents. */
export interface DigestStore {
  byId(id: string): Promise<Digest | undefined>;
  /** Writes with the version raised by one, or answers undefined when another writer came first. */
  save(digest: Digest): Promise<Digest | undefined>;
}

/** Turns digests into messages; pure. */
export interface DigestRenderer {
  /** The message of the digest itself, as it now stands. */
  root(notice: DigestNotice): Message;
  /** What is said in its thread of what was added. */
  replies(notice: DigestNotice): Message[];
}
