import { execFile } from "node:child_process";
import { optionsOrHelp } from "../../src/cli/command.ts";
import { type Audited, auditedBy } from "./advisories.ts";

const { values } = optionsOrHelp(
  { options: { must: { type: "boolean", default: false } } },
  `npm run audit -- [--must]
Fails on a production dependency with an advisory of severity high or critical. A registry that answers no audits (a
mirror, no network) is said plainly and fails only with --must.`,
);

/** How long the registry may take, in milliseconds. */
const TIMEOUT = 60_000;

const printed = await new Promise<string>((resolve) => {
  execFile("npm", ["audit", "--omit=dev", "--json"], { timeout: TIMEOUT, maxBuffer: 2 ** 26 }, (_, out) =>
    resolve(out),
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
process.exitCode = audited.kind === "grave" || (audited.kind === "unknown" && values.must) ? 1 : 0;
