import { execFile } from "node:child_process";
import { type Audited, auditedBy } from "./advisories.ts";

// npm run audit [-- --must]: fails on a production dependency with an advisory of severity high or critical. A registry
// that answers no audits (a mirror, no network) is said plainly and fails only with --must.

/** How long the registry may take, in milliseconds. */
const MISSING_DATA_TIMEOUT = 60_000;

const printed = await new Promise<string>((resolve) => {
  execFile(
    "npm",
    ["audit", "--omit=dev", "--json"],
    { timeout: MISSING_DATA_TIMEOUT, maxBuffer: 2 ** 26 },
    (_, out) => resolve(out),
  );
});

function worded(audited: Audited): string {
  switch (audited.kind) {
    case "clean":
      return `audit: no high or critical advisory on ${audited.looked} production dependencies, ${audited.lesser} lesser`;
    case "grave":
      return `audit: mend or replace ${audited.packages.join(", ")}`;
    case "unknown":
      return `audit: NOT AUDITED, the registry gave no advisories (${audited.because.slice(0, 60)}); run npm run audit where it does`;
  }
}

const audited = auditedBy(printed);
console.log(worded(audited));
const isMust = process.argv.includes("--must");
process.exitCode = audited.kind === "grave" || (audited.kind === "unknown" && isMust) ? 1 : 0;
