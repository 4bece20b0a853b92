import { readBackup, writeBackup } from "../../../src/adapters/backup/read-backup.ts";
import type { Backup } from "../../../src/settings/backup.ts";
import { HOUR } from "../../../src/time/time.ts";
import { anIncident, aWatch, noon } from "../../support/builders.ts";
import { hostileJson, mutateText, mutateValue } from "../hostile.ts";
import { holds, refusedOr, type Way } from "../way.ts";

const backup: Backup = {
  version: 1,
  at: noon,
  watches: [
    aWatch({ owner: "U0ADA0001" }),
    aWatch({ id: "web", quiet: { from: 0, to: 60, critical: false } }),
  ],
  apps: [{ workspace: "main", app: "ios", name: "iOS", zone: "Europe/Berlin", country: "DE" }],
  events: [{ id: "e", name: "Sale", from: noon, to: noon + HOUR, scope: { app: "ios" }, by: "U1", at: noon }],
  productChanges: [{ id: "c", name: "5.2", time: noon, scope: { app: "ios" }, by: "U1", at: noon }],
  exclusions: [
    {
      id: "x",
      seriesId: "main.ios.all.hour",
      from: noon,
      to: noon + HOUR,
      because: "hand",
      by: "U1",
      at: noon,
    },
  ],
  incidents: [anIncident({ labelled: { label: "real", by: "U1", at: noon } })],
  routes: [],
  mutes: [
    { scope: { kind: "watch", watch: "ios-us" }, by: "U1", at: noon, until: "recovery", incidents: [] },
  ],
  permissions: { who: "members" },
};
const text = writeBackup(backup);
const value = JSON.parse(text) as unknown;

export const backupFiles: Way = {
  name: "backups",
  what: "files that are imported",
  share: 60_000,
  open: () => ({
    strike(dice) {
      const file = dice.pick([
        () => hostileJson(dice),
        () => mutateText(text, dice),
        () => mutateText(text, dice),
        () => JSON.stringify(mutateValue(value, dice)) ?? "",
        () => JSON.stringify(mutateValue(value, dice)) ?? "",
      ])();
      const read = refusedOr(() => readBackup(file));
      if (!read) return true;
      holds(
        read.problems.every((problem) => problem.trim() !== "" && problem.length < 2_000),
        "a problem without a word, or without end",
      );
      if (read.problems.length > 0) return true;
      const again = readBackup(writeBackup(read.backup));
      holds(
        again.problems.length === 0 && JSON.stringify(again.backup) === JSON.stringify(read.backup),
        "what was read is read otherwise the second time",
      );
      return false;
    },
  }),
};
