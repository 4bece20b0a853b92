import type { LimitUsage } from "../../notifications/alert-limit.ts";
import type { Overflow } from "../../notifications/overflow.ts";

/**
 * The messages that count against each channel's alert limit; changes only through a compare-and-set, like incidents.
 */
export interface LimitUsageStore {
  of(channel: string): Promise<LimitUsage | undefined>;
  /** Writes with the version raised by one, or answers undefined when another writer came first. */
  save(usage: LimitUsage): Promise<LimitUsage | undefined>;
}

/** Overflow summaries; each changes only through a compare-and-set, like incidents. */
export interface OverflowStore {
  byId(id: string): Promise<Overflow | undefined>;
  /** Writes with the version raised by one, or answers undefined when another writer came first. */
  save(overflow: Overflow): Promise<Overflow | undefined>;
}
