import type { Changed } from "../../settings/change.ts";
import { BY_DEFAULT, type Permissions } from "../../settings/permissions.ts";
import { commit, type Made } from "./change.ts";
import type { SettingDeps } from "./setters.ts";

/** The permissions, changed. */
type PermissionsChanged = Extract<Changed, { kind: "permissions" }>;

/** Sets the permissions. Does not check whether this person may. */
export const setPermissions = (
  after: Permissions,
  by: string,
  deps: SettingDeps,
): Promise<Made<PermissionsChanged>> =>
  commit(
    async () => ({ kind: "permissions", before: (await deps.permissions.get()) ?? BY_DEFAULT, after }),
    by,
    deps,
  );
