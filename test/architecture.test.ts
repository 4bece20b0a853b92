import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, normalize } from "node:path";
import { parseSync, Visitor } from "vite";
import { expect, test } from "vitest";

/** The folders that decide: pure functions of data, without clock, chance, environment or I/O. */
const pureFolders = [
  "time",
  "metrics",
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
  "src/commands": new RegExp(
    `^(src\\/(commands|pipeline)\\/|src\\/adapters\\/(slack\\/blocks\\/escape\\.ts$|backup\\/)|${pure}|src\\/(bot|errors|redact|log)\\.ts$|chrono-node$)`,
  ),
  "src/commands/grammar": new RegExp(
    `^(src\\/commands\\/grammar\\/|src\\/adapters\\/slack\\/blocks\\/escape\\.ts$|${pure}|src\\/errors\\.ts$|chrono-node$)`,
  ),
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
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => join(folder, file));

const importsOf = (file: string): string[] =>
  Array.from(readFileSync(file, "utf8").matchAll(/(?:from |import ?\(?)"([^"\n]+)"/g), ([, name]) =>
    name!.startsWith(".") ? normalize(join(dirname(file), name!)) : name!,
  );

/** The circles that a walk along the imports closes, each as the path that leads back to its first file. */
function circlesIn(importsByFile: ReadonlyMap<string, readonly string[]>): string[] {
  const circles: string[] = [];
  const done = new Set<string>();
  const walk = (file: string, path: readonly string[]): void => {
    if (path.includes(file)) {
      circles.push([...path.slice(path.indexOf(file)), file].join(" → "));
      return;
    }
    if (done.has(file)) return;
    for (const imported of importsByFile.get(file) ?? []) walk(imported, [...path, file]);
    done.add(file);
  };
  for (const file of importsByFile.keys()) walk(file, []);
  return circles;
}

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

/** Slack's mentions, dates and entities, and the names of its blocks. */
const SLACK_MARKUP = /<[@#]\$\{|<!(?:date|subteam|here|channel)|"mrkdwn"|"plain_text"|&(?:amp|lt|gt);/;

/** What draws a picture or a page of its own escapes for HTML, and Slack alone takes a sample of the doctor. */
const WRITES_MARKUP = /^src\/adapters\/(slack|chart)\/|^src\/cli\/doctor\/try-picture\.ts$/;

test("only Slack's adapter knows Slack's markup", () => {
  const knowing = [...filesUnder("src"), ...filesUnder("workers")].filter(
    (file) => !WRITES_MARKUP.test(file) && SLACK_MARKUP.test(withoutComments(readFileSync(file, "utf8"))),
  );
  expect(knowing).toEqual([]);
});

/** Two words with a blank between them, as in a sentence or a label. */
const SENTENCE = /\p{L}{2,} \p{L}{2,}/u;

/** Errors of Slack's client with their advice, and what stands for a name that is missing. */
const WRITES_WORDS =
  /^src\/adapters\/slack\/(client\/|blocks\/(elements|names)\.ts$|messages\/unpinged\.ts$)/;

test("Slack's adapter lays out texts and holds none of its own", () => {
  const wrong = filesUnder("src/adapters/slack")
    .filter((file) => !WRITES_WORDS.test(file))
    .flatMap((file) =>
      stringsIn(file)
        .filter((string) => SENTENCE.test(string))
        .map((string) => `${file}: ${string}`),
    );
  expect(wrong).toEqual([]);
});

test("text for Slack is escaped in one place", () => {
  const escaping = filesUnder("src/adapters/slack").filter((file) =>
    readFileSync(file, "utf8").includes("&amp;"),
  );
  expect(escaping.filter((file) => !file.endsWith("blocks/escape.ts"))).toEqual([]);
});

/** The strings of a source; "…" for what a template inserts. */
function stringsIn(file: string): string[] {
  const strings: string[] = [];
  new Visitor({
    Literal: ({ value }) => {
      if (typeof value === "string") strings.push(value);
    },
    TemplateLiteral: ({ quasis }) => {
      strings.push(quasis.map(({ value }) => value.cooked ?? "").join("…"));
    },
  }).visit(parseSync(file, readFileSync(file, "utf8")).program);
  return strings;
}

const withoutComments = (source: string): string => source.replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "");

test("no file imports itself by way of others, not even for a type", () => {
  const files = ["src", "workers", "simulator", "test"].flatMap(filesUnder);
  const importsByFile = new Map(files.map((file) => [file, importsOf(file)]));
  expect(importsByFile.get("src/bot.ts")).toContain("src/errors.ts");
  expect(circlesIn(importsByFile)).toEqual([]);
});

test("a circle of imports is shown as the path that leads back to its first file", () => {
  const imports = { a: ["b"], b: ["c", "d"], c: ["d"], d: ["b"], e: ["e", "a"] };
  expect(circlesIn(new Map(Object.entries(imports)))).toEqual(["b → c → d → b", "e → e"]);
});
