import { expect, test } from "vitest";
import { auditCommand, auditLines } from "../../../src/cli/watch/audit.ts";
import type { WatchValues } from "../../../src/cli/watch/options.ts";
import { HOUR } from "../../../src/time/time.ts";
import { anAppWatch, anomalous, noon } from "../../builders.ts";
import { aStage } from "../../pipeline/stage.ts";

const typist = { name: "ada", workspaces: [{ name: "main" }], zone: "UTC", now: noon + 2.5 * HOUR };

test("an anomalous hour is listed with its numbers and with each notification and its time", async () => {
  const stage = aStage();
  await stage.stands(0);
  await stage.heard();
  const anomaly = anomalous(noon);
  await stage.journal.record("ios", [
    { bucket: noon - HOUR, verdict: "normal" },
    { bucket: noon, verdict: "anomalous" },
  ]);
  await stage.audit.recordVerdicts("ios", noon, noon, anomaly.kind === "anomalous" ? [anomaly] : []);
  expect(await auditCommand("ios", { from: "2026-06-16T11:00" }, typist, stage)).toBe(
    [
      "2026-06-16T11:00Z  normal",
      "2026-06-16T12:00Z  anomalous  warning drop: 610, expected 1,105–1,382, anomaly score -7.4",
      "    2026-06-16T13:15Z  notified: opened  ios.drop@2026-06-16T12",
      "2026-06-16T13:00Z  not evaluated",
    ].join("\n"),
  );
});

test("a suppressed notification and an hour that was not evaluated are listed with their reasons", () => {
  const decision = { suppress: "muted" } as const;
  const silence = { incidentId: "i", bucket: noon, decision, at: noon + HOUR };
  const bucket = {
    bucket: noon,
    verdict: "not-evaluated",
    because: "missing",
    decisions: [silence],
  } as const;
  expect(auditLines(bucket, anAppWatch())).toEqual([
    "2026-06-16T12:00Z  not evaluated (missing)",
    "    2026-06-16T13:00Z  suppressed: muted  i",
  ]);
});

test("without times the newest 24 hours are listed", async () => {
  const stage = aStage();
  await stage.watches.save(stage.watch);
  const lines = (await auditCommand("ios", {}, typist, stage)).split("\n");
  expect(lines).toHaveLength(24);
  expect(lines.at(-1)).toBe("2026-06-16T13:00Z  not evaluated");
});

test("a date lists exactly that day in every time zone", async () => {
  const stage = aStage();
  await stage.watches.save({ ...stage.watch, series: { ...stage.watch.series, unit: "day" } });
  const audit = (zone: string, values: WatchValues) =>
    auditCommand("ios", values, { ...typist, zone }, stage);
  for (const zone of ["Europe/Berlin", "Asia/Kolkata", "America/New_York"])
    expect(await audit(zone, { from: "2026-06-14", to: "2026-06-15" })).toBe(
      "2026-06-14  not evaluated\n2026-06-15  not evaluated",
    );
});

test("future hours are not listed", async () => {
  const stage = aStage();
  await stage.watches.save(stage.watch);
  const lines = (await auditCommand("ios", { from: "2h", to: "2099-01-01" }, typist, stage)).split("\n");
  expect(lines.at(-1)).toBe("2026-06-16T13:00Z  not evaluated");
});

test("a start after the end, or before the retained data, is refused", async () => {
  const stage = aStage();
  await stage.watches.save(stage.watch);
  await expect(auditCommand("ios", { from: "1h", to: "9h" }, typist, stage)).rejects.toThrow(/after --to/);
  expect(await auditCommand("ios", { from: "90d", to: "89d" }, typist, stage)).toContain("2026-03-18T14:00Z");
  await expect(auditCommand("ios", { from: "9999d" }, typist, stage)).rejects.toThrow(/reaches back 90 days/);
});
