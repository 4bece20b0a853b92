import { InputError } from "../../errors.ts";
import type { App } from "../../series/app.ts";
import { ID_PATTERN } from "../../series/series.ts";
import type { Workspace } from "../../series/workspace.ts";
import type { Changed } from "../../settings/change.ts";
import { LONGEST_NAME } from "../../settings/limits.ts";
import { canonicalPlace } from "../../time/holidays.ts";
import { canonicalZone } from "../../time/zone.ts";
import { commit, type Made } from "../changes/change.ts";
import type { Context } from "../context.ts";

/** An app that was named or renamed. */
type AppChanged = Extract<Changed, { kind: "app" }>;

/**
 * Sets an app's name, and its zone and country where they differ from its workspace's. Throws InputError for invalid
 * values.
 */
export async function nameApp(named: App, by: string, context: Context): Promise<Made<AppChanged>> {
  checkApp(named, context.workspaces);
  const { workspace, app, zone, country } = named;
  const after: App = {
    ...named,
    name: named.name.trim(),
    ...(zone !== undefined && { zone: canonicalZone(zone)! }),
    ...(country !== undefined && { country: canonicalPlace(country)! }),
  };
  const plan = async (): Promise<AppChanged> => {
    const before = (await context.apps.all()).find((one) => one.workspace === workspace && one.app === app);
    return { kind: "app", workspace, app, ...(before && { before }), after };
  };
  return commit(plan, by, context);
}

/** Throws InputError for an invalid app. */
export function checkApp(app: App, workspaces: readonly Workspace[]): void {
  if (!workspaces.some(({ name }) => name === app.workspace))
    throw new InputError(
      `unknown workspace "${app.workspace}". Use one of: ${workspaces.map(({ name }) => name).join(", ")}`,
    );
  if (app.app === "all" || !ID_PATTERN.test(app.app))
    throw new InputError(
      `"${app.app}" is not a Braze app id. Copy the API identifier from Braze under Settings → APIs and Identifiers`,
    );
  if (app.name.trim() === "" || app.name.length > LONGEST_NAME)
    throw new InputError(`an app's name must have 1 to ${LONGEST_NAME} characters`, {
      field: "name",
    });
  if (app.zone !== undefined && !canonicalZone(app.zone))
    throw new InputError(`"${app.zone}" is not a time zone. Use an IANA name such as "Europe/Berlin"`, {
      field: "zone",
    });
  if (app.country !== undefined && !canonicalPlace(app.country))
    throw new InputError(
      `no holidays are known for the country "${app.country}". Use an ISO code such as "DE"`,
      {
        field: "country",
      },
    );
}
