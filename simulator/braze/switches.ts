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

/** How answers are written, where recordings of Braze and its documents differ from one endpoint to another. */
export interface Writing {
  /** "float": whole numbers as `26660.0`. */
  readonly numbers: "plain" | "float";
  /** How an answer without rows is written. */
  readonly noRows: "[]" | "null" | "missing";
  readonly keys: "message-first" | "data-first";
  /** Whether days without anything are in the answer. */
  readonly emptyDays: "zero" | "left-out";
  /** What a custom event or product that Braze does not know comes to. */
  readonly unknownItem: "no-rows" | "zeros" | "refused";
  /** How a channel is written that a campaign or Canvas does not use. */
  readonly unusedChannels: "left-out" | "[]" | "null";
  /** Whether messages have a control group, which has no field of what is sent. */
  readonly controlGroup: "none" | "without-sent";
  /** How a day without a message is written. */
  readonly noSends: "zeros" | "no-messages";
}

/** Every way of writing. */
export const writingValues: { readonly [Name in keyof Writing]: readonly Writing[Name][] } = {
  numbers: ["plain", "float"],
  noRows: ["[]", "null", "missing"],
  keys: ["message-first", "data-first"],
  emptyDays: ["zero", "left-out"],
  unknownItem: ["no-rows", "zeros", "refused"],
  unusedChannels: ["left-out", "[]", "null"],
  controlGroup: ["none", "without-sent"],
  noSends: ["zeros", "no-messages"],
};

export const defaultWriting: Writing = {
  numbers: "plain",
  noRows: "[]",
  keys: "message-first",
  emptyDays: "zero",
  unknownItem: "no-rows",
  unusedChannels: "left-out",
  controlGroup: "none",
  noSends: "zeros",
};
