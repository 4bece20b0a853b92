import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";
import { secretNames, settings } from "../src/config/settings.ts";

const read = (file: string) => readFileSync(file, "utf8");

test("the README's tree names files and folders that exist", () => {
  const tree = /```tree\n([\s\S]*?)```/.exec(read("README.md"))?.[1] ?? "";
  const paths = pathsOf(tree);
  expect(paths.length).toBeGreaterThan(10);
  expect(paths.filter((path) => !existsSync(path))).toEqual([]);
});

test("the README's tree leaves out no folder of src", () => {
  const shown = pathsOf(/```tree\n([\s\S]*?)```/.exec(read("README.md"))?.[1] ?? "");
  const folders = readdirSync("src", { withFileTypes: true }).filter((entry) => entry.isDirectory());
  expect(folders.map(({ name }) => join("src", name)).filter((path) => !shown.includes(path))).toEqual([]);
});

/** Reads an indented tree: two blanks a level, a path, then an explanation after two blanks or more. */
function pathsOf(tree: string): string[] {
  const parents: string[] = [];
  return tree
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map((line) => {
      const depth = (line.length - line.trimStart().length) / 2;
      parents.length = depth;
      parents.push(
        line
          .trim()
          .split(/\s{2,}/)[0]!
          .replace(/\/$/, ""),
      );
      return join(...parents);
    });
}

test(".env.example explains every setting, and no other", () => {
  const lines = read(".env.example").split("\n");
  const named = lines.map((line) => /^([A-Z_]+)=/.exec(line)?.[1]).filter((name) => name !== undefined);
  expect(named).toEqual(Object.keys(settings.shape));
  for (const name of named) {
    expect(lines[lines.findIndex((line) => line.startsWith(`${name}=`)) - 1], `above ${name}`).toMatch(
      /^# .+[.]$/,
    );
  }
  for (const name of secretNames) expect(read(".env.example")).toContain(`${name}_FILE`);
});

test("the glossary's words are names in the code", () => {
  const terms = Array.from(
    read("docs/concepts.md").matchAll(/^\| \*\*([^*]+)\*\* \| `([^`]+)`/gm),
    ([, , name]) => name!,
  );
  const sources = ["src", "workers"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts"))
      .map((file) => read(join(folder, file))),
  );
  expect(terms.length).toBeGreaterThan(15);
  expect(terms.filter((name) => !sources.some((source) => new RegExp(`\\b${name}\\b`).test(source)))).toEqual(
    [],
  );
});

const documents = [
  "README.md",
  "CONTRIBUTING.md",
  "CHANGELOG.md",
  ...readdirSync("docs", { recursive: true, encoding: "utf8" }).map((file) => join("docs", file)),
].filter((file) => file.endsWith(".md"));

test("every source file that the documents name exists", () => {
  const files = ["src", "workers", "simulator", "test", "docs"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" }).map((file) => join(folder, file)),
  );
  const documents = ["README.md", "CONTRIBUTING.md", ...files.filter((file) => /^docs.*\.md$/.test(file))];
  const missing = documents.flatMap((document) =>
    Array.from(read(document).matchAll(/`([\w./-]+\.(?:ts|mjs|css))`/g), ([, name]) => name!)
      .filter((name) => !files.some((file) => file === name || file.endsWith(`/${name}`)))
      .map((name) => `${document}: ${name}`),
  );
  expect(missing).toEqual([]);
});

test("the npm scripts that the documents name are there", () => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  const unknown = documents.flatMap((file) =>
    Array.from(read(file).matchAll(/npm run (?:--silent )?([a-z0-9]+)/g), ([, name]) => name!).filter(
      (name) => !(name in scripts),
    ),
  );
  expect(unknown).toEqual([]);
});

test.each(["start", "watch", "doctor", "explain"])("npm run %s reads .env", (name) => {
  const { scripts } = JSON.parse(read("package.json")) as { scripts: Record<string, string> };
  expect(scripts[name]).toContain("--import ./src/cli/load-env.ts");
});

test("every dependency has a documented reason", () => {
  const { dependencies, devDependencies } = JSON.parse(read("package.json")) as Record<string, object>;
  const reasons = read("docs/adr/0006-dependencies.md");
  const isExplained = (name: string) =>
    [name, name.replace(/\/.*/, "/*")].some((written) => reasons.includes(written));
  const unexplained = Object.keys({ ...dependencies, ...devDependencies }).filter(
    (name) => !isExplained(name),
  );
  // Types of what is explained.
  expect(unexplained.filter((name) => !name.startsWith("@types/"))).toEqual([]);
});

test("every link between the documents has a target", () => {
  const broken = documents.flatMap((file) =>
    Array.from(read(file).matchAll(/\]\((?!https?:|#)([^)#\s]+)/g), ([, link]) =>
      join(file, "..", link!),
    ).filter((path) => !existsSync(path)),
  );
  expect(broken).toEqual([]);
});

test("every claim in docs/security.md names an existing test", () => {
  const rows = read("docs/security.md")
    .split("\n")
    .filter((line) => /\| `test\//.test(line));
  expect(rows.length).toBeGreaterThan(10);
  const named = rows.flatMap((row) => Array.from(row.matchAll(/`(test\/[^`]+)`/g), ([, file]) => file!));
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});

test("the faults in docs/reliability.md name the tests that show them", () => {
  const rows = read("docs/reliability.md")
    .split("\n")
    .filter((line) => /\| `test\//.test(line));
  expect(rows.length).toBeGreaterThan(30);
  const named = rows.flatMap((row) => Array.from(row.matchAll(/`(test\/[^`]+)`/g), ([, file]) => file!));
  expect(named.filter((file) => !existsSync(file))).toEqual([]);
});
