import type { Outbox } from "../ports/incidents.ts";
import type { ChangeStore } from "../ports/settings.ts";

/** Starts at once what the next tick would start. Only a hint: it may get lost. */
export interface WakeUp {
  /** Starts a notify job for group keys whose change somebody waits to see. */
  notify(groupKeys: readonly string[]): Promise<void>;
  /** Has destinations looked at once incidents that belong together have arrived. */
  deliver(destinations: readonly string[]): Promise<void>;
  /** Starts the announcement of changes. */
  announce(changeIds: readonly string[]): Promise<void>;
}

/** Passes hints to whoever adds to the queues in this process, once somebody listens. */
export interface WakeUps extends WakeUp {
  /** Registers a listener; returns a function that removes it. */
  passTo(wakeUp: WakeUp): () => void;
}

/** Creates a channel for hints. @param failed receives the error of each hint that got lost */
export function wakeUps(failed: (error: unknown) => void): WakeUps {
  const listening = new Set<WakeUp>();
  // All listeners add to the same queues, so one is enough.
  const first = (): WakeUp | undefined => [...listening][0];
  return {
    notify: async (groupKeys) => first()?.notify(groupKeys).catch(failed),
    deliver: async (destinations) => first()?.deliver(destinations).catch(failed),
    announce: async (changeIds) => first()?.announce(changeIds).catch(failed),
    passTo(wakeUp) {
      listening.add(wakeUp);
      return () => void listening.delete(wakeUp);
    },
  };
}

/** The same outbox; it also sends a hint for each entry that somebody waits for. */
export const waking = (outbox: Outbox, wakeUp: Pick<WakeUp, "notify">): Outbox => ({
  ...outbox,
  async add(incidentId, groupKey, adding = {}) {
    await outbox.add(incidentId, groupKey, adding);
    if (!adding.isAhead && !adding.isGrouped) await wakeUp.notify([groupKey]);
  },
});

/** The same change store; it also has each change announced as soon as it is made. */
export const announcedAtOnce = (changes: ChangeStore, wakeUp: Pick<WakeUp, "announce">): ChangeStore => ({
  ...changes,
  async record(made, undoing) {
    const outcome = await changes.record(made, undoing);
    if (outcome === "recorded") await wakeUp.announce([...(undoing ? [undoing.id] : []), made[0].id]);
    return outcome;
  },
});
