/** A long task in slices: it yields where it may pause, and returns its result. */
export type CooperativeTask<Result> = Generator<undefined, Result, undefined>;

/** Runs all slices at once. */
export function runAtOnce<Result>(slices: CooperativeTask<Result>): Result {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}
