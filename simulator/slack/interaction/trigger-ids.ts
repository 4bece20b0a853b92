import type { Instant } from "../../../src/time/time.ts";
import { Refusal } from "../refusal.ts";

/** What a person did that lets the app open one view. */
export interface Trigger {
  readonly user: string;
  /** The view in which it was done. */
  readonly viewId?: string;
}

export type TriggerIds = ReturnType<typeof createTriggerIds>;

/** Ids that let the app open one view each, within `life` milliseconds. */
export function createTriggerIds(clock: () => Instant, life: number) {
  const minted = new Map<string, Trigger & { readonly at: Instant; isUsed: boolean }>();
  return {
    mint(trigger: Trigger): string {
      const id = `${clock()}.1000000.${(minted.size + 1).toString(16).padStart(12, "0")}`;
      minted.set(id, { ...trigger, at: clock(), isUsed: false });
      return id;
    },
    /** Uses it up; refused when it never was, was used already or is too old. */
    take(id: string): Trigger {
      const trigger = minted.get(id);
      if (!trigger) throw new Refusal("invalid_trigger_id");
      if (trigger.isUsed) throw new Refusal("exchanged_trigger_id");
      if (clock() - trigger.at > life) throw new Refusal("expired_trigger_id");
      trigger.isUsed = true;
      return trigger;
    },
  };
}
