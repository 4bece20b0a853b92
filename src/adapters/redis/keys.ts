/**
 * Every key Tidewatch writes, in one place. What stands in braces decides the slot of a Redis Cluster: keys that
 * change together (of one series, of one watch, of the lists) share theirs.
 */
export const keysOf = (prefix: string) => ({
  /** Ring of packed counts: see `series-store.ts`. */
  history: (seriesId: string) => `${prefix}:{${seriesId}}:history`,
  /** Hash: the newest bucket, and the detector's state with the bucket it stands at. */
  series: (seriesId: string) => `${prefix}:{${seriesId}}:series`,
  /** Hash: series → where it stands. */
  progress: () => `${prefix}:{lists}:progress`,
  /** Hash: watch → the watch. */
  watches: () => `${prefix}:{lists}:watches`,
  /** Sorted set of `series|watch`, all of score 0: which watches look at a series. */
  watchIndex: () => `${prefix}:{lists}:watch-index`,
  /** Hash: watch → the series it is indexed under. */
  watchPlaces: () => `${prefix}:{lists}:watch-places`,
  /** Hash: workspace → what keeps it from being read. */
  troubles: () => `${prefix}:{lists}:troubles`,
  /** Set of incidents that may have something unsaid. */
  outbox: () => `${prefix}:{lists}:outbox`,
  incident: (watchId: string, id: string) => `${prefix}:{${watchId}}:incident:${id}`,
  /** Set of incidents of one watch about which there is still something to do or say. */
  live: (watchId: string) => `${prefix}:{${watchId}}:live`,
  /** Sorted set of all incidents of one watch, by the bucket they opened at. */
  incidents: (watchId: string) => `${prefix}:{${watchId}}:incidents`,
  /** Ring of one byte a bucket: see `journal.ts`. */
  journal: (watchId: string) => `${prefix}:{${watchId}}:journal`,
  mute: (watchId: string) => `${prefix}:{${watchId}}:mute`,
  message: (messageId: string) => `${prefix}:{${messageId}}:message`,
});

export type Keys = ReturnType<typeof keysOf>;

/** How long what is over is kept, in seconds. */
export const LIFE = { incident: 400 * 86_400, message: 400 * 86_400, journal: 120 * 86_400 } as const;
