import type { Incident } from "../incidents/incident.ts";
import type { Label } from "../incidents/label.ts";

/** How many of these incidents bear each label. */
export function countLabels(incidents: readonly Incident[]): Record<Label, number> {
  const counts = { real: 0, expected: 0, "false-alarm": 0, "new-normal": 0 };
  for (const { labelled } of incidents) if (labelled) counts[labelled.label]++;
  return counts;
}

/** How many labels a precision needs. One false alarm alone would be a precision of nothing. */
export const ENOUGH_LABELS = 5;

/**
 * The share of the real among those labelled real or false alarm, from five of these on. Incidents labelled expected were
 * detected correctly, too, but do not show how well a watch tells trouble from noise.
 */
export const precisionOf = (labels: Readonly<Record<Label, number>>): number | undefined => {
  const evaluated = labels.real + labels["false-alarm"];
  return evaluated < ENOUGH_LABELS ? undefined : labels.real / evaluated;
};
