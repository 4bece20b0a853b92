import type { Changed } from "../../settings/change.ts";
import { type Access, BY_DEFAULT } from "../../settings/permissions.ts";
import { commit, type Made } from "./change.ts";
import type { SettingDeps } from "./setters.ts";

/** The permissions, changed. */
type AccessChanged = Extract<Changed, { kind: "access" }>;

/** Sets the permissions. Does not check whether this person may. */
export const setAccess = (after: Access, by: string, deps: SettingDeps): Promise<Made<AccessChanged>> =>
  commit(async () => ({ kind: "access", before: (await deps.access.get()) ?? BY_DEFAULT, after }), by, deps);
