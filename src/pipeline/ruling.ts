import type { Changed } from "../settings/change.ts";
import { type Access, BY_DEFAULT } from "../settings/permissions.ts";
import { commit, type Made } from "./actions/change.ts";
import type { SettingDeps } from "./actions/setters.ts";

/** The rule who may change something, set anew. */
type AccessChanged = Extract<Changed, { kind: "access" }>;

/** Sets who may change what is watched; whether whoever sets it may is not asked here. */
export const setAccess = (after: Access, by: string, deps: SettingDeps): Promise<Made<AccessChanged>> =>
  commit(async () => ({ kind: "access", before: (await deps.access.get()) ?? BY_DEFAULT, after }), by, deps);
