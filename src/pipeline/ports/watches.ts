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
  /** Removes this mute, unless another has taken its place. */
  forget(mute: Mute): Promise<void>;
}
