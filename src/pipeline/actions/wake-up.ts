import type { ChangeStore } from "../ports/console.ts";
import type { Outbox } from "../ports/incidents.ts";

/** Has done at once what the next tick would see to: only a hint, which may get lost. */
export interface WakeUp {
  /** Looks at rooms in which somebody waits to see something. */
  notify(groupKeys: readonly string[]): Promise<void>;
  /** Has changes announced. */
  announce(changeIds: readonly string[]): Promise<void>;
}

/** A hint that goes to whoever adds to the queues in this process, once there is somebody. */
export interface WakeUps extends WakeUp {
  /** Passes hints on from now on; answers how to end that. */
  passTo(wakeUp: WakeUp): () => void;
}

/** Opens a way for hints. @param failed is told why one got lost */
export function wakeUps(failed: (error: unknown) => void): WakeUps {
  const listening = new Set<WakeUp>();
  // All who listen add to the same queues: one is enough.
  const first = (): WakeUp | undefined => [...listening][0];
  return {
    notify: async (groupKeys) => first()?.notify(groupKeys).catch(failed),
    announce: async (changeIds) => first()?.announce(changeIds).catch(failed),
    passTo(wakeUp) {
      listening.add(wakeUp);
      return () => void listening.delete(wakeUp);
    },
  };
}

/** The same outbox, in which what somebody waits to see is looked at in the same moment. */
export const waking = (outbox: Outbox, wakeUp: Pick<WakeUp, "notify">): Outbox => ({
  ...outbox,
  async add(incidentId, groupKey, adding = {}) {
    await outbox.add(incidentId, groupKey, adding);
    if (!adding.isAhead && !adding.isGathered) await wakeUp.notify([groupKey]);
  },
});

/** The same changes, which are announced in the moment in which they are made. */
export const announcedAtOnce = (changes: ChangeStore, wakeUp: Pick<WakeUp, "announce">): ChangeStore => ({
  ...changes,
  async record(made, undoing) {
    const outcome = await changes.record(made, undoing);
    if (outcome === "recorded") await wakeUp.announce([...(undoing ? [undoing.id] : []), made[0].id]);
    return outcome;
  },
});
