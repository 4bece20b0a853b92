/** Long work in slices: it yields where it may be put aside for a moment, and returns what came of it. */
export type Slices<Result> = Generator<undefined, Result, undefined>;

/** Does all slices at once. */
export function atOnce<Result>(slices: Slices<Result>): Result {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
  }
}
