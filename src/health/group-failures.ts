import { type CheckFailure, healthCheck } from "./checks.ts";
import type { HealthIssue } from "./health-issue.ts";

/** How many failed checks of one kind get a message each. */
export const SEPARATE = 5;

/**
 * Groups many failed checks of one kind into one, since they mostly have one cause. Those already notified stay
 * separate, and a group stays a group until all of it is over.
 */
export function groupCheckFailures(
  checkFailures: readonly CheckFailure[],
  known: ReadonlyMap<string, HealthIssue>,
): CheckFailure[] {
  const isOpen = (id: string) => known.has(id) && known.get(id)!.overAt === undefined;
  const wasNotified = (id: string) => isOpen(id) && known.get(id)!.logged !== undefined;
  return [...new Set(checkFailures.map(({ kind }) => kind))].flatMap((kind) => {
    const all = checkFailures.filter((checkFailure) => checkFailure.kind === kind);
    const id = `${kind}.many`;
    const rest = all.filter((checkFailure) => !wasNotified(checkFailure.id));
    if (!healthCheck(kind).isGrouped || rest.length === 0) return all;
    if (all.length <= SEPARATE && !isOpen(id)) return all;
    return [...all.filter((checkFailure) => wasNotified(checkFailure.id)), asOne(id, rest)];
  });
}

function asOne(id: string, checkFailures: readonly CheckFailure[]): CheckFailure {
  const first = [...checkFailures].sort((a, b) => a.since - b.since)[0]!;
  const what = checkFailures.flatMap((checkFailure) => checkFailure.what).sort();
  return { ...first, id, what, grace: Math.max(...checkFailures.map(({ grace }) => grace)) };
}
