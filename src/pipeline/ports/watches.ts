import type { Mute, MuteScope } from "../../notifications/mute.ts";
import type { Watch } from "../../settings/watch.ts";

/** The watches. */
export interface WatchStore {
  all(): Promise<Watch[]>;
  byId(id: string): Promise<Watch | undefined>;
  forSeries(seriesId: string): Promise<Watch[]>;
  /** The ids of all watched series. */
  seriesIds(): Promise<string[]>;
  /** Adds or replaces. */
  save(watch: Watch): Promise<void>;
  /** Returns whether it existed. */
  remove(id: string): Promise<boolean>;
}

/** Mutes, one for each scope. Mutes that are over stay until they are removed. */
export interface MuteStore {
  /** By scope. */
  all(): Promise<Mute[]>;
  /** Adds or replaces. */
  save(mute: Mute): Promise<void>;
  /** Returns whether it existed. */
  remove(scope: MuteScope): Promise<boolean>;
  /** Removes this mute, unless another has replaced it. */
  forget(mute: Mute): Promise<void>;
}
