import { readFileSync } from "node:fs";
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

  test.each(["", "npm error network", "null"])("of what npm printed as %j nothing is known", (printed) => {
    expect(auditedBy(printed).kind).toBe("unknown");
  });
});

/** Licences under which what we ship may be used and passed on with Apache-2.0 code; MPL-2.0 stays within its files. */
const ALLOWED = new Set([
  ...["MIT", "ISC", "0BSD", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "Unlicense", "PSF-2.0", "MPL-2.0"],
  ...["OFL-1.1", "CC-BY-3.0", "BlueOak-1.0.0", "CC0-1.0"],
]);

interface Locked {
  readonly dev?: boolean;
  readonly license?: string;
  readonly resolved?: string;
  readonly integrity?: string;
}

describe("the production dependencies", () => {
  const lock = JSON.parse(readFileSync("package-lock.json", "utf8")) as { packages: Record<string, Locked> };
  const shipped = Object.entries(lock.packages).filter(([path, { dev }]) => path !== "" && !dev);

  test("have licences that allow to use and to ship them", () => {
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

  test("are fetched by their checksum, and named in an exact version", () => {
    expect(shipped.filter(([, { integrity }]) => !integrity).map(([path]) => path)).toEqual([]);
    const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as {
      dependencies: Record<string, string>;
    };
    expect(Object.values(dependencies).filter((version) => !/^\d+\.\d+\.\d+$/.test(version))).toEqual([]);
  });
});
