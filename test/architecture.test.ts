import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { expect, test } from "vitest";

/** The folders that decide: pure functions of data, without clock, chance, environment or I/O. */
const pureFolders = [
  "time",
  "series",
  "detector",
  "incidents",
  "notifications",
  "health",
  "reports",
  "settings",
  "text",
] as const;

const pure = `src\\/(${pureFolders.join("|")})\\/`;

/** Each layer, and what it may import: what is named here and nothing else. */
const mayImport: Record<string, RegExp> = {
  ...Object.fromEntries(
    pureFolders.map((folder) => [
      `src/${folder}`,
      new RegExp(`^(${pure}|simple-statistics$|date-holidays$)`),
    ]),
  ),
  "src/pipeline": new RegExp(`^(src\\/pipeline\\/|node:util$|${pure}|src\\/(decorate|errors|redact)\\.ts$)`),
  "src/adapters": new RegExp(
    `^(src\\/(adapters|pipeline\\/ports)\\/|${pure}|src\\/(errors|redact|log)\\.ts$|[^.s]|simple-statistics$|string-argv$)`,
  ),
  "simulator/braze": new RegExp(`^(simulator\\/|${pure}|[^.s])`),
  "simulator/slack": new RegExp(`^(simulator\\/|src\\/request-body|${pure}|[^.s]|slack-blocks-to-jsx)`),
};

/** Adapters and simulators do not know each other's kind. */
const strangers: Record<string, RegExp> = {
  "src/adapters/braze": /^src\/adapters\/(redis|slack)/,
  "src/adapters/redis": /^src\/adapters\/(braze|slack)/,
  "src/adapters/slack": /^src\/adapters\/(braze|redis)/,
};

const filesUnder = (folder: string): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => join(folder, file));

const importsOf = (file: string): string[] =>
  Array.from(readFileSync(file, "utf8").matchAll(/(?:from|import) "([^"]+)"/g), ([, name]) =>
    name!.startsWith(".") ? normalize(join(dirname(file), name!)) : name!,
  );

test.each(Object.entries(mayImport))("%s imports only what it may import", (layer, allowed) => {
  const wrong = filesUnder(layer).flatMap((file) =>
    importsOf(file)
      .filter((name) => !allowed.test(name))
      .map((name) => `${file} imports ${name}`),
  );
  expect(wrong).toEqual([]);
});

test.each(Object.entries(strangers))("%s imports no other adapter", (layer, forbidden) => {
  const wrong = filesUnder(layer).flatMap((file) => importsOf(file).filter((name) => forbidden.test(name)));
  expect(wrong).toEqual([]);
});

test("the deciding folders never read the clock, randomness or the environment", () => {
  const asking = pureFolders
    .flatMap((folder) => filesUnder(join("src", folder)))
    .filter((file) =>
      /Date\.now|new Date\(\)|Math\.random|process\.|console\./.test(readFileSync(file, "utf8")),
    );
  expect(asking).toEqual([]);
});

test("only the configuration and the entry points read the environment", () => {
  const reading = [...filesUnder("src"), ...filesUnder("workers")].filter((file) =>
    /process\.env/.test(readFileSync(file, "utf8")),
  );
  const allowed = /^(src\/cli\/|workers\/main\.ts$|src\/adapters\/redis\/(private|obtain))/;
  expect(reading.filter((file) => !allowed.test(file))).toEqual([]);
});
