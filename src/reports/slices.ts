/** Long work in slices: it yields where it may be put aside for a moment, and returns what came of it. */
export type CooperativeTask<Result> = Generator<undefined, Result, undefined>;

/** Does all slices at once. */
export function runAtOnce<Result>(slices: CooperativeTask<Result>): Result {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}
