import type { Changed } from "../../settings/change.ts";
import type { WatchValues } from "./options.ts";

/** Keeps what was changed here as the console does: it is told at once, listed, and can be undone. */
export interface Keeping {
  readonly onChange: (changed: Changed, by: string) => Promise<unknown>;
}

/** Keeps one change in the name of whoever typed, or of whom `--by` names; answers it. */
export async function kept<Kind extends Changed>(
  changed: Kind,
  { by }: Pick<WatchValues, "by">,
  { name }: { readonly name: string },
  { onChange }: Keeping,
): Promise<Kind> {
  await onChange(changed, by ?? name);
  return changed;
}
