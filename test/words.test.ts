import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parseSync, Visitor } from "vite";
import { expect, test } from "vitest";

/** Words that Tidewatch once used in a meaning of its own, each with the word of the field. */
const retiredInTexts: readonly (readonly [retired: RegExp, instead: string])[] = [
  [/\b(tell|tells|told|telling)\b/i, "notify, post, alert on, return"],
  [/\b(say|said|saying|unsaid)\b/i, "post, type, report"],
  [/\b(hear|hears|heard)\b/i, "receive"],
  [/\b(speak|speaks|spoken)\b/i, "alert, post"],
  [/\b(un)?judg(e|es|ed|ing)\b/i, "evaluate, not evaluated"],
  [/\bblind(ness| spots?)?\b/i, "health issue"],
  [/\bhush\w*/i, "suppress"],
  [/\bsurpris\w*/i, "anomaly score"],
  [/\bdigests?\b/i, "overflow summary, weekly review"],
  [/\bbudgets?\b/i, "alert limit, false alarms per month"],
  [/\bsettle[sd]?\b/i, "new normal, evaluated"],
  [/\bherald\w*/i, "event reminder"],
  [/\b(teach|teaches|taught|lessons?)\b/i, "label, learn"],
  [/\blenience\b/i, "threshold adjustment"],
  [/\brelapse\w*/i, "reopen"],
  [/\bproof of life\b/i, "daily status"],
  [/\bruns? short\b/i, "API quota is almost used up"],
  [/\bhow sure\b/i, "anomaly score"],
  [/\btake back|taken back|took back\b/i, "remove, undo, unacknowledge"],
  [/\bby now\b|\banew\b|\ball the same\b|\bmeanwhile\b/i, "(leave it out)"],
  [/\blabell(ed|ing)\b/, "labeled, labeling"],
];

/** What may be said all the same: a protocol's own word, or English that has no better word. */
const allowed: readonly RegExp[] = [
  // Slack's first message on a socket, and Node's name of a hash.
  /hello/,
  /^(sha256|hex|digest)$/,
  // An option and an alias that people type, and a field of a backup.
  /^\| `review`, `digest` \|/,
  /--budget/,
  /^labelled: is missing/,
];

/** Parts of names of the code and its files. */
const retiredInNames = new RegExp(
  `^(${[
    "asker|desk|foretaste|gallery|herald|illustrate|retell|sparing",
    "deps|gather(s|ed|ing)?|patience|standing|(un)?told|(un)?said|says?|saying|tells?|telling",
    "hear|heard|hears|speak|speaks|speaking|spoken|teach|taught|teaching|lessons?|settle[sd]?",
    "blindness|hush|judge[sd]?|judging|unjudged|lenience|lingering|relapse|rhythm|surprise|survey|symptoms?",
  ].join("|")})$`,
  "i",
);

/** A name of the language, and the name of a command. */
const allowedNames = /^(allSettled|judge)$/;

const isRetiredName = (name: string): boolean =>
  !allowedNames.test(name) &&
  name.split(/(?<=[a-z0-9])(?=[A-Z])|[_./-]/).some((part) => retiredInNames.test(part));

const filesIn = (folder: string, kind: RegExp): string[] =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => kind.test(file))
    .map((file) => join(folder, file));

const read = ["src", "workers", "simulator"].flatMap((folder) => filesIn(folder, /\.(ts|tsx|js)$/));
const sources = [...read, ...filesIn("test", /\.ts$/)];

interface Found {
  readonly strings: readonly string[];
  readonly names: readonly string[];
}

/** The strings and the names of a source. */
function readSource(file: string): Found {
  const strings: string[] = [];
  const names: string[] = [];
  new Visitor({
    Literal: ({ value }) => {
      if (typeof value === "string") strings.push(value);
    },
    TemplateLiteral: ({ quasis }) => {
      strings.push(quasis.map(({ value }) => value.cooked ?? "").join("…"));
    },
    Identifier: ({ name }) => {
      names.push(name);
    },
  }).visit(parseSync(file, readFileSync(file, "utf8")).program);
  return { strings, names };
}

/** Whether people read a string: it has several words, and is neither a script for Redis nor an import. */
const isRead = (string: string): boolean =>
  / /.test(string.trim()) && !/redis\.call|^import |tonumber\(/.test(string);

const retiredIn = (text: string): string[] =>
  allowed.some((pattern) => pattern.test(text))
    ? []
    : retiredInTexts.flatMap(([retired, instead]) => {
        const found = retired.exec(text);
        return found ? [`"${found[0]}" (instead: ${instead}) in: ${text.slice(0, 120)}`] : [];
      });

test("no text that people read uses a retired word", () => {
  const wrong = read.flatMap((file) =>
    readSource(file)
      .strings.filter(isRead)
      .flatMap(retiredIn)
      .map((found) => `${file}: ${found}`),
  );
  expect(wrong).toEqual([]);
});

test("no document and no setting uses a retired word", () => {
  const documents = ["README.md", "CONTRIBUTING.md", ".env.example", "slack-manifest.json"].concat(
    filesIn("docs", /\.md$/).filter((file) => !/adr\/|reliability/.test(file)),
  );
  const wrong = documents.flatMap((file) =>
    readFileSync(file, "utf8")
      .split("\n")
      .flatMap((line, i) => retiredIn(line).map((found) => `${file}:${i + 1}: ${found}`)),
  );
  expect(wrong).toEqual([]);
});

test("no name in the code uses a retired word", () => {
  const wrong = sources.flatMap((file) =>
    readSource(file)
      .names.filter(isRetiredName)
      .map((name) => `${file}: ${name}`),
  );
  expect([...new Set(wrong)]).toEqual([]);
});

test("no file of the code is named by a retired word", () => {
  expect(
    sources.filter((file) => file.split("/").some((name) => isRetiredName(name.split(".")[0]!))),
  ).toEqual([]);
});

test("a retired word is found in a name, as any part of it", () => {
  expect(["toldAt", "isGathered", "SAID_AT", "say-back", "statedAt"].filter(isRetiredName)).toEqual([
    "toldAt",
    "isGathered",
    "SAID_AT",
    "say-back",
  ]);
});

test("a retired word is found in a text, and its own word is named", () => {
  expect(retiredIn("3 hours judged, 1 surprise")).toEqual([
    expect.stringContaining("evaluate"),
    expect.stringContaining("anomaly score"),
  ]);
  expect(retiredIn("3 hours evaluated, quiet hours from 22:00")).toEqual([]);
});
