import { describe, expect, test } from "vitest";
import { readBackup, writeBackup } from "../../src/adapters/backup/read-backup.ts";
import type { Labelling } from "../../src/incidents/label.ts";
import type { Mute } from "../../src/notifications/mute.ts";
import type { Route } from "../../src/notifications/route.ts";
import { exportAll } from "../../src/pipeline/changes/backup.ts";
import { commit, undo } from "../../src/pipeline/changes/change.ts";
import { kindOf } from "../../src/pipeline/changes/setters.ts";
import type { App } from "../../src/series/app.ts";
import type { Exclusion } from "../../src/series/excluded-hours.ts";
import type { PlannedEvent } from "../../src/series/planned-events.ts";
import type { ProductChange } from "../../src/series/product-changes.ts";
import { type Changed, subjectOf } from "../../src/settings/change.ts";
import type { Permissions } from "../../src/settings/permissions.ts";
import type { Watch } from "../../src/settings/watch.ts";
import { HOUR } from "../../src/time/time.ts";
import { anIncident, noon } from "../support/builders.ts";
import { aContext } from "../support/context.ts";
import { kinds } from "./kinds.ts";

/** A thing in which no field is left out: one that is added to it has to be added here, too. */
type Whole<Thing> = Thing extends readonly unknown[] | string | number | boolean
  ? Thing
  : { readonly [Field in keyof Thing]-?: Whole<Exclude<Thing[Field], undefined>> };

const watch: Whole<Watch> = {
  id: "ios-us",
  series: {
    workspace: "main",
    metric: "events",
    per: { metric: "purchases", item: "Rice Bowl" },
    item: "Order. Completed: 100%",
    app: "ios",
    segment: "us",
    unit: "hour",
  },
  itemName: "Summer Sale",
  appName: "iOS",
  segmentName: "US",
  channel: "C0ALERTS1",
  createdAt: noon,
  direction: "drop",
  sensitivity: { alertsPerMonth: 2 },
  minRelativeChange: 0.2,
  minAbsoluteChange: 30,
  minCriticalChange: 300,
  thresholdAdjustment: 1.21,
  quiet: { from: 1_320, to: 420, days: [5, 6], critical: true },
  owner: "U0ADA0001",
  runbook: "https://wiki.test/ios",
};
const mute: Whole<Mute> = {
  scope: { kind: "app", workspace: "main", app: "ios" },
  by: "ada",
  at: noon,
  until: "recovery",
  incidents: ["ios-us.drop@2026-06-16T12"],
};
const label: Whole<Labelling> = { label: "real", by: "ada", at: noon };
const exclusion: Whole<Exclusion> = {
  id: "2026-06-16T12/2026-06-16T15",
  seriesId: "main.ios.us.hour",
  from: noon,
  to: noon + 3 * HOUR,
  because: "hand",
  by: "ada",
  at: noon,
};
const event: Whole<PlannedEvent> = {
  id: "sale@2026-06-16T12:00",
  name: "Sale",
  from: noon,
  to: noon + HOUR,
  scope: { workspace: "main", app: "ios" },
  by: "ada",
  at: noon,
};
const productChange: Whole<ProductChange> = {
  id: "ios-5-2@2026-06-16T12:00",
  name: "iOS 5.2 released",
  time: noon,
  scope: { workspace: "main", app: "ios" },
  link: "https://github.test/releases/5.2",
  by: "ada",
  at: noon,
};
const app: Whole<App> = { workspace: "main", app: "ios", name: "iOS", zone: "Europe/Berlin", country: "DE" };
const route: Whole<Route> = {
  id: "watch-ios-us-critical-pager",
  scope: { kind: "watch", watch: "ios-us" },
  severity: "critical",
  destination: "pager",
  unacknowledgedFor: HOUR,
  quiet: { from: 1_320, to: 420, days: [5, 6] },
  by: "ada",
  at: noon,
};
const permissions: Permissions = { who: "group", group: "S0OPS0001" };

const everything: readonly Changed[] = [
  { kind: "watch", watchId: watch.id, after: watch },
  { kind: "mute", scope: mute.scope, after: mute },
  { kind: "label", incidentId: anIncident().id, after: label },
  { kind: "exclusion", seriesId: exclusion.seriesId, id: exclusion.id, after: exclusion },
  { kind: "event", id: event.id, after: event },
  { kind: "product-change", id: productChange.id, after: productChange },
  { kind: "app", workspace: app.workspace, app: app.app, after: app },
  { kind: "route", id: route.id, after: route },
  { kind: "permissions", before: { who: "everyone" }, after: permissions },
];

describe.each(kinds)("in %s", (_, open) => {
  test.each(everything.map((changed) => [changed.kind, changed] as const))(
    "every field of a %s survives the store, the change log, and undoing twice",
    async (_, changed) => {
      const context = { ...aContext(open()), clock: () => noon };
      await context.incidents.save(anIncident());
      const { change } = await commit(async () => changed, "ada", context);
      expect(await kindOf(changed, context).present()).toEqual(changed.after);
      expect(await context.changes.byId(change!.id)).toEqual(change);
      expect(change!.changed).toEqual(changed);

      const back = await undo(change!.id, "bob", context);
      expect(await kindOf(changed, context).present()).toEqual(changed.before);
      expect((await context.changes.byId(back.id))?.changed.before).toEqual(changed.after);
      await undo(back.id, "bob", context);
      expect(await kindOf(changed, context).present()).toEqual(changed.after);
    },
  );

  test("every field of all kinds is in a backup and is read back from it", async () => {
    const context = { ...aContext(open()), clock: () => noon, workspaces: [] };
    await context.incidents.save(anIncident());
    for (const changed of everything) await commit(async () => changed, "ada", context);
    const { backup, problems } = readBackup(writeBackup(await exportAll(context)));
    expect(problems).toEqual([]);
    expect(backup).toMatchObject({
      watches: [watch],
      mutes: [mute],
      routes: [route],
      events: [event],
      productChanges: [productChange],
      apps: [app],
      permissions,
      incidents: [{ labelled: label }],
    });
    expect(backup.exclusions).toContainEqual(exclusion);
    expect(everything.map(subjectOf)).toHaveLength(new Set(everything.map(subjectOf)).size);
  });
});
