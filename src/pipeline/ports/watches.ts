import type { Mute, MuteScope } from "../../notifications/mute.ts";
import type { Watch } from "../../settings/watch.ts";

/** What is watched. */
export interface WatchStore {
  all(): Promise<Watch[]>;
  byId(id: string): Promise<Watch | undefined>;
  forSeries(seriesId: string): Promise<Watch[]>;
  /** The ids of all series that some watch looks at. */
  seriesIds(): Promise<string[]>;
  /** Adds or replaces. */
  save(watch: Watch): Promise<void>;
  /**
   * Changes a watch in one step, so that what others wrote stays: `to` is asked again where somebody came between. Answers
   * what was changed; undefined where there is no such watch, or `to` answers the same.
   */
  amend(
    id: string,
    to: (watch: Watch) => Watch,
  ): Promise<{ readonly before: Watch; readonly after: Watch } | undefined>;
  /** Whether there was one. */
  remove(id: string): Promise<boolean>;
}

/** What people asked not to hear, one mute a scope. Those that are over stay until they are removed. */
export interface MuteStore {
  /** By scope. */
  all(): Promise<Mute[]>;
  /** Adds or replaces. */
  save(mute: Mute): Promise<void>;
  /** Whether there was one. */
  remove(scope: MuteScope): Promise<boolean>;
}
