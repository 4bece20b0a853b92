import { expect, test } from "vitest";
import { alertContextOf } from "../../../src/pipeline/notifying/context.ts";
import { seriesId } from "../../../src/series/series.ts";
import { DAY, HOUR, WEEK } from "../../../src/time/time.ts";
import { anAppWatch, anEvent, anIncident, aWatch, noon } from "../../support/builders.ts";
import { aContext } from "../../support/context.ts";

test("the context of an incident has related series and other apps, planned events, and how much is known", async () => {
  const stores = aContext();
  const app = (id: string) =>
    anAppWatch({ id, appName: id, series: { workspace: "main", app: id, unit: "hour" } });
  const segment = (name: string) =>
    aWatch({
      id: `ios-${name}`,
      segmentName: name,
      series: { workspace: "main", app: "ios", segment: name, unit: "hour" },
    });
  const watch = segment("us");
  const all = [
    watch,
    segment("vip"),
    app("ios"),
    app("android"),
    app("web"),
    aWatch({ id: "twin", channel: "C0OTHER01" }),
    anAppWatch({ id: "elsewhere", series: { workspace: "eu", app: "web", unit: "hour" } }),
  ];
  for (const one of all) {
    await stores.watches.save(one);
    await stores.progress.save(seriesId(one.series), { evaluatedThrough: noon });
  }
  // Nobody knows whether a series without data fell, too.
  await stores.watches.save(app("blind"));
  await stores.progress.save(seriesId(app("blind").series), { evaluatedThrough: noon - DAY });
  for (const id of ["ios-us", "ios", "web", "elsewhere", "twin"])
    await stores.incidents.save(anIncident({ id: `${id}.drop@2026-06-16T12`, watchId: id }));
  await stores.incidents.save(
    anIncident({ id: "android.spike@2026-06-16T12", watchId: "android", direction: "spike" }),
  );
  await stores.incidents.save(
    anIncident({ id: "ios-vip.drop@2026-06-16T09", watchId: "ios-vip", resolvedAt: noon }),
  );
  await stores.series.write(seriesId(watch.series), [], noon - 3.5 * WEEK, noon);
  await stores.failures.raise("main", {
    failure: "braze-unreachable",
    message: "no answer",
    advice: "wait",
    since: noon,
  });

  const released = { id: "5.2", name: "iOS 5.2", time: noon - HOUR, scope: {}, by: "U1", at: noon };
  await stores.changes.record([
    { id: "c", at: noon, by: "U1", changed: { kind: "product-change", id: "5.2", after: released } },
  ]);

  const profiles = async () => () => ({
    unit: "hour" as const,
    zone: "Europe/Berlin",
    events: [anEvent({ name: "Sale" }), anEvent({ name: "Another", from: noon + DAY, to: noon + 2 * DAY })],
  });
  const workspaces = [{ name: "main", zone: "UTC", dashboard: "https://dashboard-01.braze.test" }];
  const alertContext = await alertContextOf(
    { incident: anIncident(), watch },
    { ...stores, profiles, workspaces },
  );

  expect({
    ...alertContext.relatedSeries,
    alike: alertContext.relatedSeries.alike.map(({ id }) => id),
  }).toEqual({
    watched: 2,
    alike: ["ios"],
  });
  expect({ ...alertContext.otherApps, alike: alertContext.otherApps.alike.map(({ id }) => id) }).toEqual({
    watched: 2,
    alike: ["web"],
  });
  expect(alertContext).toMatchObject({
    planned: ["Sale"],
    changes: [released],
    day: "ordinary",
    weeks: 3,
    unreadableSince: noon,
    dashboard: "https://dashboard-01.braze.test",
  });
});
