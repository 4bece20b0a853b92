import type { Mute, MuteScope } from "../../notifications/mute.ts";
import type { Route } from "../../notifications/route.ts";
import type { App } from "../../series/app.ts";
import type { Exclusion } from "../../series/excluded-hours.ts";
import type { PlannedEvent } from "../../series/planned-events.ts";
import type { ProductChange } from "../../series/product-changes.ts";
import type { Change } from "../../settings/change.ts";
import type { Permissions } from "../../settings/permissions.ts";
import type { Watch } from "../../settings/watch.ts";
import type { Instant } from "../../time/time.ts";

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

/** Planned events, by id. Past events stay until they are removed. */
export interface EventStore {
  /** Ascending by start. */
  all(): Promise<PlannedEvent[]>;
  /** Adds or replaces. */
  save(event: PlannedEvent): Promise<void>;
  /** Returns whether it existed. */
  remove(id: string): Promise<boolean>;
}

/** Product changes, by id. */
export interface ProductChangeStore {
  /** Ascending by the time at which they took effect. */
  all(): Promise<ProductChange[]>;
  /** Forgets these. */
  forget(ids: readonly string[]): Promise<void>;
}

/** The excluded buckets of each series. */
export interface ExclusionStore {
  /** Ascending by their first bucket. */
  of(seriesId: string): Promise<Exclusion[]>;
  /** Those of all series, series by series. */
  all(): Promise<Exclusion[]>;
  /** Adds or replaces. */
  save(exclusion: Exclusion): Promise<void>;
  /** Returns whether it existed. */
  remove(seriesId: string, id: string): Promise<boolean>;
}

/** The apps that people named. */
export interface AppStore {
  all(): Promise<App[]>;
  /** Adds or replaces. */
  save(app: App): Promise<void>;
  /** Whether there was one. */
  remove(workspace: string, app: string): Promise<boolean>;
}

/** The routes that people set up, by id. */
export interface RouteStore {
  all(): Promise<Route[]>;
  /** Adds or replaces. */
  save(route: Route): Promise<void>;
  /** Returns whether it existed. */
  remove(id: string): Promise<boolean>;
}

/** The permissions. */
export interface PermissionStore {
  /** Undefined until somebody sets it. */
  get(): Promise<Permissions | undefined>;
  set(permissions: Permissions): Promise<void>;
}

/** The outcome of `ChangeStore.record`. */
export type Recorded = "recorded" | "overtaken" | "taken" | "undone-before";

/** The change that is undone by the changes recorded with this. */
export interface Undoing {
  readonly id: string;
  readonly undone: NonNullable<Change["undone"]>;
}

/** Every change that people made, kept for `KEPT`. Settings change only through this store. */
export interface ChangeStore {
  /**
   * Writes the settings and an entry for each change, to be announced together, in one step. Writes nothing when a
   * setting no longer equals its `before` (`overtaken`), an id is in use (`taken`), or the change to undo was undone
   * before. A label is only an entry: its incidents are updated afterwards.
   */
  record(changes: readonly [Change, ...Change[]], undoing?: Undoing): Promise<Recorded>;
  byId(id: string): Promise<Change | undefined>;
  /** Those made at or after `since`, newest first. */
  since(since: Instant): Promise<Change[]>;
  /**
   * The ids of changes not yet announced in their present state, oldest first, of a batch the first: for what the queue
   * lost.
   */
  unannounced(): Promise<string[]>;
  /** Records that these were announced as they are here; those undone meanwhile stay unannounced. */
  markAnnounced(id: string, lastNotified: readonly Change[]): Promise<void>;
}
