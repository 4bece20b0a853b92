import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readBackup, writeBackup } from "../../src/adapters/backup/read-backup.ts";
import { InputError } from "../../src/errors.ts";
import { BACKUP_VERSION, type Backup } from "../../src/settings/backup.ts";
import { HOUR } from "../../src/time/time.ts";
import { anEvent, anExclusion, anIncident, aWatch, noon } from "../support/builders.ts";

const backup: Backup = {
  version: BACKUP_VERSION,
  at: noon,
  watches: [
    aWatch(),
    aWatch({ id: "vip", channel: "C0ALERTS2", sensitivity: { alertsPerMonth: 2 }, thresholdAdjustment: 1.2 }),
  ],
  apps: [{ workspace: "main", app: "ios", name: "iOS <&>", zone: "Europe/Berlin" }],
  events: [anEvent()],
  productChanges: [
    {
      id: "ios-5-2@2026-06-16T12:00",
      name: "iOS 5.2",
      time: noon,
      scope: { workspace: "main", app: "ios" },
      link: "https://github.test/releases/5.2",
      by: "U1",
      at: noon,
    },
  ],
  exclusions: [anExclusion()],
  incidents: [anIncident({ version: 3, labelled: { label: "real", by: "U0ADA0001", at: noon } })],
  mutes: [{ scope: { kind: "watch", watch: "vip" }, by: "ada", at: noon, until: noon + HOUR, incidents: [] }],
  routes: [{ id: "critical-pager", severity: "critical", destination: "pager", by: "ada", at: noon }],
  permissions: { who: "group", group: "S0TEAM001" },
};
const text = writeBackup(backup);

/** The same document with something changed in it. */
const spoilt = (spoil: (document: Record<string, never>) => unknown): string => {
  const document = JSON.parse(text);
  spoil(document);
  return JSON.stringify(document);
};

test("a backup is read back as it was written, one entry per line", () => {
  expect(readBackup(text)).toMatchObject({ backup, problems: [] });
  expect(text.split("\n").filter((line) => line.startsWith("    {"))).toHaveLength(9);
});

test("an app in a backup keeps its holidays, whichever name of its time zone the backup uses", () => {
  const read = readBackup(
    // biome-ignore lint/suspicious/noExplicitAny: a document of any shape.
    spoilt((document: any) => {
      document.apps[0].zone = "Europe/Kyiv";
      document.apps[0].country = "ua";
    }),
  );
  expect(read).toMatchObject({ problems: [], backup: { apps: [{ zone: "Europe/Kiev", country: "UA" }] } });
});

test("a field that a backup may omit is read as empty", () => {
  const { backup: read, problems } = readBackup(
    JSON.stringify({ tidewatch: "backup", version: 1, at: noon }),
  );
  expect(problems).toEqual([]);
  expect(read).toEqual({
    version: 1,
    at: noon,
    watches: [],
    apps: [],
    events: [],
    productChanges: [],
    exclusions: [],
    incidents: [],
    mutes: [],
    routes: [],
  });
});

test("all problems of a backup are listed at once with their places, and the valid entries are still read", () => {
  const read = readBackup(
    // biome-ignore lint/suspicious/noExplicitAny: a document of any shape.
    spoilt((document: any) => {
      document.watches[0].series.unit = "week";
      delete document.watches[1].channel;
      document.apps[0].zome = "Europe/Berlin";
      document.events[0].scope.apps = "ios";
      document.exclusions = "none";
      document.mutes[0].scope.kind = "everything";
      document.wotches = [];
      document.permissions = { who: "nobody" };
    }),
  );
  expect(read.problems.map((problem) => problem.split(": ", 1)[0])).toEqual([
    "wotches",
    "permissions.who",
    "watches[0].series.unit",
    "watches[1].channel",
    "apps[0].zome",
    "events[0].scope.apps",
    "exclusions",
    "mutes[0].scope.kind",
  ]);
  expect(read.backup.incidents).toEqual(backup.incidents);
});

describe("a file that is not a backup is refused as a whole", () => {
  test.each([
    ["nothing", "", /not complete JSON/],
    ["half of one", text.slice(0, 100), /not complete JSON/],
    ["a list", "[]", /not a Tidewatch backup/],
    ["null", "null", /not a Tidewatch backup/],
    ["something else", '{"version":1}', /not a Tidewatch backup/],
    ["one of a newer Tidewatch", '{"tidewatch":"backup","version":2}', /newer Tidewatch.*Upgrade first/],
  ])("%s", (_, document, message) => {
    expect(() => readBackup(document)).toThrow(InputError);
    expect(() => readBackup(document)).toThrow(message);
  });
});

test("a backup with any value in any place is either read or refused with that place", () => {
  const paths = placesIn(JSON.parse(text));
  fc.assert(
    fc.property(fc.constantFrom(...paths), fc.jsonValue(), (path, value) => {
      const document = JSON.parse(text);
      const holder = path.slice(0, -1).reduce((at, part) => at[part], document);
      holder[path.at(-1)!] = value;
      try {
        const { problems } = readBackup(JSON.stringify(document));
        for (const problem of problems) expect(problem).toMatch(/^[a-zA-Z]+(\[\d+\])?.*: /s);
      } catch (error) {
        expect(error).toBeInstanceOf(InputError);
        expect(["tidewatch", "version"]).toContain(path[0]);
      }
    }),
    { numRuns: 500 },
  );
});

function placesIn(value: unknown, path: string[] = []): string[][] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, inner]) => [
    [...path, name],
    ...placesIn(inner, [...path, name]),
  ]);
}
