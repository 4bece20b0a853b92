/**
 * The detector's constants. All were chosen by leaving out one source of the exam at a time, and all lie on flat
 * optima: half or twice as much changes the result little (docs/detector.md has the figures). Rates are shares by
 * which an average moves towards what was just seen; spreads and surprises are on the scale of square roots.
 */
export const defaultTuning = {
  /** How fast the level follows: it forgets in about a week, so that a weekend does not drag it down. */
  levelRate: 0.007,
  /** How fast the shape of the week follows: eight comparable hours make up most of it. */
  shapeRate: 0.12,
  /** The share of what is learned of an hour of the week that its two neighbours take on. */
  neighbourShare: 0.2,
  /** Nothing is learned from more than this many spreads at once. */
  learningClip: 3,
  /** How fast the spread of an hour of the day follows, and that of an hour of the week. */
  hourSpreadRate: 0.03,
  weekSpreadRate: 0.12,
  /** How much the hour of the week has to say about the spread, beside the hour of the day. */
  weekSpreadShare: 0.5,
  /** The share of a new spread that the neighbouring hours of the week take on. */
  spreadNeighbourShare: 0.3,
  /** A count of n has a square root that strays by ½ by chance alone, a little less for very small n. */
  spreadFloor: 0.45,
  /** z-scores beyond this count only by their logarithm: ten times further off is not ten times more certain. */
  bendFrom: 4.5,
  bendBy: 0.3,
  /** From how many buckets back a deviation is seen to linger: up to 3. */
  memoryOrder: 3,
  memoryRate: 0.001,
  /** The longest look-back window that is used, in buckets. */
  longestWindow: 24,
  /** A step counts at most as much as its buckets are off at all, by this factor. */
  agreement: 1,
  /** On holidays and bridge days the spread is this much wider. */
  holidayWidening: 2,
  /** How far the series' own tail counts: its quantile at `tailNear`, drawn by `farShare` towards that at `tailFar`. */
  ownTail: 1,
  tailNear: 0.96,
  tailFar: 0.995,
  farShare: 0.6,
  /** No tail is believed to be narrower than this, in usual tails. */
  scaleFloor: 0.7,
  /** The hour itself must lie this many spreads off, in the direction of the alarm. */
  pointing: 1.2,
  /** How fast it shows that a series has become more or less erratic: it forgets in three days. */
  freshnessRate: 0.013,
  /** An hour with few sessions matters less: its surprise counts by this power of its share of the usual. */
  volumePower: 0.15,
  /** Changes below these count less, in proportion: e^0.35 is 42 % more or 30 % less. */
  fullChange: 0.35,
  fullSessions: 8,
  /** A run of zeros: how its surprise grows with the sessions it cost, of which so many are always allowed. */
  silenceWeight: 3,
  silenceAllowed: 6,
  /**
   * From this surprise on, and while hours stay `maskBeyond` spreads off, they are kept out of the tails and learned
   * from with damping: until `maskHold` buckets have been calm. What lasts for days is a new level (`Rhythm.lasting`).
   */
  maskFrom: 4.5,
  maskHold: 6,
  maskBeyond: 2,
  damping: 0.25,
};

export type Tuning = typeof defaultTuning;
