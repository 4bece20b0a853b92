import { explain } from "../explain.ts";
import { printable } from "../printable.ts";
import { redact } from "../redact.ts";
import { diagnose } from "./doctor/diagnose.ts";
import { exitCodeOf, type Finding, printed } from "./doctor/finding.ts";

const findings: Finding[] = [];
try {
  for await (const section of diagnose(process.env)) {
    findings.push(...section.findings);
    console.log(printable(redact(printed(section))));
  }
  process.exitCode = exitCodeOf(findings);
} catch (error) {
  console.error(printable(redact(explain(error))));
  process.exitCode = 2;
}
