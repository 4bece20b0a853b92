import type { Blindness, BlindnessKind, Symptom } from "./health-issue.ts";

/** How many of one kind each have a message of their own. */
export const SEPARATE = 5;

const gathered: ReadonlySet<BlindnessKind> = new Set(["late", "refused", "unjudged", "channel", "message"]);

/**
 * Makes one symptom of many of the same kind, since they have one cause more often than not. Those that people were
 * told of stay as they are, and what was gathered once stays gathered until all of it is over.
 */
export function gatherSymptoms(
  symptoms: readonly Symptom[],
  known: ReadonlyMap<string, Blindness>,
): Symptom[] {
  const isOpen = (id: string) => known.has(id) && known.get(id)!.overAt === undefined;
  const wasSaid = (id: string) => isOpen(id) && known.get(id)!.logged !== undefined;
  return [...new Set(symptoms.map(({ kind }) => kind))].flatMap((kind) => {
    const all = symptoms.filter((symptom) => symptom.kind === kind);
    const id = `${kind}.many`;
    const rest = all.filter((symptom) => !wasSaid(symptom.id));
    if (!gathered.has(kind) || rest.length === 0 || (all.length <= SEPARATE && !isOpen(id))) return all;
    return [...all.filter((symptom) => wasSaid(symptom.id)), asOne(id, rest)];
  });
}

function asOne(id: string, symptoms: readonly Symptom[]): Symptom {
  const first = [...symptoms].sort((a, b) => a.since - b.since)[0]!;
  const what = symptoms.flatMap((symptom) => symptom.what).sort();
  return { ...first, id, what, grace: Math.max(...symptoms.map(({ grace }) => grace)) };
}
