import { describe, expect, test } from "vitest";
import { versionOf } from "../../src/series/fingerprint.ts";
import { changesNothing, entriesFor, isSame, reversed } from "../../src/settings/change.ts";
import { noon } from "../support/builders.ts";

test.each<[unknown, unknown, boolean]>([
  [{ a: 1, b: [1, 2] }, { b: [1, 2], a: 1 }, true],
  [{ a: undefined }, {}, true],
  [{ a: undefined }, { b: 1 }, false],
  [{ a: undefined, b: 1 }, { b: 1, c: 2 }, false],
  [[], {}, false],
  [{}, [], false],
  [[1], [1, 2], false],
  [[1, 2], [2, 1], false],
  [{ a: null }, {}, false],
  [null, undefined, false],
  [undefined, undefined, true],
  [{ a: { b: [{ c: "d" }] } }, { a: { b: [{ c: "d" }] } }, true],
  [{ a: { b: [{ c: "d" }] } }, { a: { b: [{ c: "e" }] } }, false],
])("whether %j and %j are equal settings: %s", (one, other, same) => {
  expect(isSame(one, other)).toBe(same);
  expect(isSame(other, one)).toBe(same);
});

test("a change of only the author and time is no change", () => {
  const label = { label: "real", by: "ada", at: noon } as const;
  const changed = { kind: "label", incidentId: "ios.drop@2026-06-16T12", before: label } as const;
  expect(changesNothing({ ...changed, after: { ...label, by: "bob", at: noon + 1 } })).toBe(true);
  expect(changesNothing({ ...changed, after: { ...label, label: "expected" } })).toBe(false);
  expect(changesNothing(changed)).toBe(false);
});

test("without an earlier rule everyone has permission, and Undo goes back to that", () => {
  expect(reversed({ kind: "permissions", after: { who: "admins" } })).toEqual({
    kind: "permissions",
    before: { who: "admins" },
    after: { who: "everyone" },
  });
});

describe("the entries of a batch of changes", () => {
  const long = "x".repeat(80);
  const of = (id: string) => ({ kind: "event", id }) as const;

  test("carry the id of the first, and no two share an id, however long the names of their things", () => {
    const entries = entriesFor([of(`${long}1`), of(`${long}2`), of(`${long}3`)], "ada", noon);
    expect(new Set(entries.map(({ id }) => id)).size).toBe(3);
    expect(entries.map(({ batch }) => batch)).toEqual(Array(3).fill(entries[0].id));
    expect(entries.every(({ id }) => id.length < 80)).toBe(true);
  });

  test("of a single change carry only their own id", () => {
    expect(entriesFor([of("sale")], "ada", noon)).toEqual([
      { id: `event-sale-${noon.toString(36)}`, at: noon, by: "ada", changed: of("sale") },
    ]);
  });
});

test("the version of a thing does not depend on the order of its fields, and changes with any value", () => {
  expect(versionOf({ a: 1, b: { c: [1, 2], d: undefined } })).toBe(versionOf({ b: { c: [1, 2] }, a: 1 }));
  expect(versionOf({ a: 1 })).not.toBe(versionOf({ a: 2 }));
  expect(versionOf([1, 2])).not.toBe(versionOf([2, 1]));
  expect(versionOf(undefined)).toBe(versionOf(undefined));
});
