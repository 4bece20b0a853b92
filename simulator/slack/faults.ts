import type { Instant } from "../../src/time/time.ts";

/**
 * What goes wrong with a call. Where `stored` is true, the call has done its work first: the message is there, and
 * only the answer fails.
 */
export type Fault =
  | { readonly kind: "rate-limit"; readonly retryAfter: number }
  | { readonly kind: "status"; readonly status: number; readonly stored?: boolean }
  | { readonly kind: "error"; readonly error: string; readonly stored?: boolean }
  /** An answer that is no JSON, with status 200. */
  | { readonly kind: "garbled"; readonly stored?: boolean }
  /** No answer ever. */
  | { readonly kind: "stall"; readonly stored?: boolean }
  /** The connection is cut. */
  | { readonly kind: "drop"; readonly stored?: boolean };

interface Planned {
  readonly method: string;
  readonly fault: Fault;
  left: number;
  readonly from: Instant;
  readonly until: Instant;
}

/** A call that went wrong, and how. */
export interface Struck {
  readonly method: string;
  readonly fault: Fault;
}

/** What is planned to go wrong. */
export type Faults = ReturnType<typeof createFaults>;

/** A script of faults: for the next calls of a method (`*`: of any), or for a span of time. */
export function createFaults(clock: () => Instant) {
  let planned: Planned[] = [];
  const struck: Struck[] = [];
  const always = { left: Number.POSITIVE_INFINITY, from: 0, until: Number.POSITIVE_INFINITY };
  return {
    /** The next `times` calls of the method fail so, one plan after the other. */
    next(method: string, fault: Fault, times = 1): void {
      planned.push({ ...always, method, fault, left: times });
    },
    /** Calls of the method fail so from one instant of the simulator's clock until another. */
    during(method: string, fault: Fault, from: Instant, until: Instant): void {
      planned.push({ ...always, method, fault, from, until });
    },
    clear(): void {
      planned = [];
    },
    /** The fault that a call meets now, used up by it. */
    take(method: string): Fault | undefined {
      const now = clock();
      const due = planned.find(
        (plan) =>
          plan.left > 0 && [method, "*"].includes(plan.method) && now >= plan.from && now < plan.until,
      );
      if (!due) return undefined;
      due.left -= 1;
      struck.push({ method, fault: due.fault });
      return due.fault;
    },
    /** The calls that went wrong, oldest first. */
    struck: (): readonly Struck[] => struck,
  };
}
