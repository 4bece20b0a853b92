import type { CooperativeTask } from "../../reports/slices.ts";

/**
 * Does long work slice by slice, in turns with whatever else waits: eight weeks take tens of milliseconds, and who typed
 * a command is to be answered in the meantime.
 */
export async function runCooperatively<Result>(slices: CooperativeTask<Result>): Promise<Result> {
  for (;;) {
    const { done, value } = slices.next();
    if (done) return value;
    await new Promise((resolve) => setImmediate(resolve));
  }
}
