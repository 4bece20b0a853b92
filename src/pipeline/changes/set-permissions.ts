import type { Changed } from "../../settings/change.ts";
import { BY_DEFAULT, type Permissions } from "../../settings/permissions.ts";
import type { Context } from "../context.ts";
import { commit, type Made } from "./change.ts";

/** The permissions, changed. */
type PermissionsChanged = Extract<Changed, { kind: "permissions" }>;

/** Sets the permissions. Does not check whether this person may. */
export const setPermissions = (
  after: Permissions,
  by: string,
  context: Context,
): Promise<Made<PermissionsChanged>> =>
  commit(
    async () => ({ kind: "permissions", before: (await context.permissions.get()) ?? BY_DEFAULT, after }),
    by,
    context,
  );
