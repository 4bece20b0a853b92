import type { CooperativeTask } from "../../reports/slices.ts";

/**
 * Runs a long task slice by slice, so that other work gets its turn: eight weeks take tens of milliseconds, and a
 * person who types a command must be answered in the meantime.
 */
export async function runCooperatively<Result>(slices: CooperativeTask<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
