/** What nobody has written down about Braze's hours: the simulator can be any of these. */
export interface Switches {
  /** How an hour is written; "short-offset" is the documented `-5:00`. */
  readonly timeForm:
    | "naive"
    | "naive-fraction"
    | "z"
    | "z-fraction"
    | "offset"
    | "offset-fraction"
    | "short-offset";
  /** By whose clock buckets are cut. */
  readonly bucketZone: "utc" | "company";
  /** Whether the bucket in progress is told; "cut-at-ending": and the one `ending_at` lies in only up to there. */
  readonly partialHour: "included" | "left-out" | "cut-at-ending";
  readonly emptyHours: "zero" | "left-out";
  /** Whether an `ending_at` on the edge of two hours includes the one that begins there. */
  readonly endingEdge: "included" | "excluded";
  /** "short": only the newest three fifths of what was asked for. */
  readonly answers: "full" | "short";
  readonly order: "ascending" | "descending";
  /** "rising": an hour reaches its final count only some hours after it is over. */
  readonly lateIngestionDelays: "none" | "rising";
  /** "limited": nothing is told of hours further back than the simulator's `historyHours`. */
  readonly history: "endless" | "limited";
}

/** Every value of every switch. */
export const switchValues: { readonly [Name in keyof Switches]: readonly Switches[Name][] } = {
  timeForm: ["naive", "naive-fraction", "z", "z-fraction", "offset", "offset-fraction", "short-offset"],
  bucketZone: ["utc", "company"],
  partialHour: ["included", "left-out", "cut-at-ending"],
  emptyHours: ["zero", "left-out"],
  endingEdge: ["included", "excluded"],
  answers: ["full", "short"],
  order: ["ascending", "descending"],
  lateIngestionDelays: ["none", "rising"],
  history: ["endless", "limited"],
};

export const defaultSwitches: Switches = {
  timeForm: "z",
  bucketZone: "utc",
  partialHour: "included",
  emptyHours: "zero",
  endingEdge: "included",
  answers: "full",
  order: "ascending",
  lateIngestionDelays: "none",
  history: "endless",
};

/** Every combination of the values given; of a switch not given, every value. */
export function combinations(fixed: Partial<Switches> = {}): Switches[] {
  const names = Object.keys(switchValues) as (keyof Switches)[];
  return names.reduce<Switches[]>(
    (all, name) =>
      all.flatMap((switches) =>
        (name in fixed ? [fixed[name]] : switchValues[name]).map((value) => ({ ...switches, [name]: value })),
      ),
    [defaultSwitches],
  );
}
