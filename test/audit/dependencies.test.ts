import { readFileSync, realpathSync } from "node:fs";
import { dirname, relative } from "node:path";
import { describe, expect, test } from "vitest";
import { auditedBy } from "./advisories.ts";

describe("the audit of the dependencies", () => {
  const clean = { vulnerabilities: {}, metadata: { dependencies: { prod: 170 } } };
  const of = (severity: string) => ({ ...clean, vulnerabilities: { undici: { severity, range: "<8.1" } } });

  test.each([
    ["nothing", clean, { kind: "clean", looked: 170, lesser: 0 }],
    ["a moderate advisory", of("moderate"), { kind: "clean", looked: 170, lesser: 1 }],
    ["a high advisory", of("high"), { kind: "grave", packages: ["undici <8.1 (high)"] }],
    ["a critical advisory", of("critical"), { kind: "grave", packages: ["undici <8.1 (critical)"] }],
    [
      "a registry without audits",
      { message: "405 Method Not Allowed" },
      { kind: "unknown", because: "405 Method Not Allowed" },
    ],
  ])("with %s", (_, report, expected) => {
    expect(auditedBy(JSON.stringify(report))).toEqual(expected);
  });

  test.each(["", "npm error network", "null"])(
    "npm output such as %j makes the audit report unknown",
    (printed) => {
      expect(auditedBy(printed).kind).toBe("unknown");
    },
  );
});

/** Licences under which what we ship may be used and passed on with Apache-2.0 code; MPL-2.0 stays within its files. */
const ALLOWED = new Set([
  ...[
    "MIT",
    "MIT-0",
    "ISC",
    "0BSD",
    "BSD-2-Clause",
    "BSD-3-Clause",
    "Apache-2.0",
    "Unlicense",
    "PSF-2.0",
    "MPL-2.0",
  ],
  ...["OFL-1.1", "CC-BY-3.0", "BlueOak-1.0.0", "CC0-1.0"],
]);

interface Locked {
  readonly dev?: boolean;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
  /** A folder of this project, of which the lock file tells under its own path. */
  readonly link?: boolean;
  readonly version?: string;
  readonly hasInstallScript?: boolean;
}

const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };

test("the Node.js that runs the scripts is downloaded by checksum and not by another package's script", () => {
  // Node's own file lies in the folder `bin` of its package.
  const path = relative(process.cwd(), dirname(dirname(realpathSync("node_modules/.bin/node"))));
  const node = lock.packages[path];
  expect(node?.integrity).toMatch(/^sha512-/);
  expect(node?.hasInstallScript).toBeUndefined();
});

test("no package may download another with an install script", () => {
  const { allowScripts } = JSON.parse(readFileSync("package.json", "utf8")) as { allowScripts: object };
  expect(Object.values(allowScripts).filter((isAllowed) => isAllowed)).toEqual([]);
  const scripted = Object.entries(lock.packages).filter(([, { hasInstallScript }]) => hasInstallScript);
  for (const [path] of scripted) expect(allowScripts).toHaveProperty([path.replace(/^.*node_modules\//, "")]);
});

test.each(["linux x64", "linux arm64", "darwin x64", "darwin arm64"])(
  "the lockfile has a Node.js for %s",
  (machine) => {
    const nodes = Object.entries(lock.packages).filter(([path]) =>
      /^node_modules\/node-(bin-)?(linux|darwin)-/.test(path),
    );
    const here = nodes.filter(([path]) => path.endsWith(machine.replace(" ", "-")));
    expect(here).toHaveLength(1);
    expect(here[0]![1].integrity).toMatch(/^sha512-/);
    expect(here[0]![1].version).toMatch(/^24\./);
  },
);

describe("the production dependencies", () => {
  const shipped = Object.entries(lock.packages).filter(
    ([path, { dev, link }]) => path !== "" && !dev && !link,
  );

  test("have licenses that allow use and distribution", () => {
    expect(shipped.length).toBeGreaterThan(50);
    const others = shipped.flatMap(([path, { license = "none" }]) => {
      const isAllowed = license
        .split(/[() ]+|\bAND\b|\bOR\b/)
        .filter(Boolean)
        .every((name) => ALLOWED.has(name));
      return isAllowed ? [] : [`${path}: ${license}`];
    });
    expect(others).toEqual([]);
  });

  test("are downloaded by checksum at an exact version", () => {
    expect(shipped.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      dependencies: Record<string, string>;
    };
    expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
