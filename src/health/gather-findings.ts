import type { CheckFailure, HealthIssue, HealthIssueKind } from "./health-issue.ts";

/** How many of one kind each have a message of their own. */
export const SEPARATE = 5;

const grouped: ReadonlySet<HealthIssueKind> = new Set([
  "late",
  "refused",
  "not-evaluated",
  "channel",
  "message",
]);

/**
 * Makes one failed check of many of the same kind, since they have one cause more often than not. Those that people were
 * told of stay as they are, and what was gathered once stays gathered until all of it is over.
 */
export function groupCheckFailures(
  checkFailures: readonly CheckFailure[],
  known: ReadonlyMap<string, HealthIssue>,
): CheckFailure[] {
  const isOpen = (id: string) => known.has(id) && known.get(id)!.overAt === undefined;
  const wasSaid = (id: string) => isOpen(id) && known.get(id)!.logged !== undefined;
  return [...new Set(checkFailures.map(({ kind }) => kind))].flatMap((kind) => {
    const all = checkFailures.filter((checkFailure) => checkFailure.kind === kind);
    const id = `${kind}.many`;
    const rest = all.filter((checkFailure) => !wasSaid(checkFailure.id));
    if (!grouped.has(kind) || rest.length === 0 || (all.length <= SEPARATE && !isOpen(id))) return all;
    return [...all.filter((checkFailure) => wasSaid(checkFailure.id)), asOne(id, rest)];
  });
}

function asOne(id: string, checkFailures: readonly CheckFailure[]): CheckFailure {
  const first = [...checkFailures].sort((a, b) => a.since - b.since)[0]!;
  const what = checkFailures.flatMap((checkFailure) => checkFailure.what).sort();
  return { ...first, id, what, grace: Math.max(...checkFailures.map(({ grace }) => grace)) };
}
