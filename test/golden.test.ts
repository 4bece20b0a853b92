import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { expect, test } from "vitest";

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));

/** Whether a source names a golden file: as a text, as a key of a table, or in a path. */
const names = (source: string, name: string): boolean =>
  new RegExp(`["'/]${name}["'.]|^\\s*${name}[:,(]`, "m").test(source);

test("every golden file is named by a test", () => {
  const sources = filesUnder("test")
    .filter((file) => file.endsWith(".ts"))
    .map((file) => readFileSync(file, "utf8"))
    .join("\n");
  const golden = filesUnder("test/golden");
  expect(golden.length).toBeGreaterThan(0);
  expect(golden.filter((file) => !names(sources, basename(file).split(".")[0]!))).toEqual([]);
});
