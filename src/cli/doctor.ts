import { explain } from "../explain.ts";
import { takeConsole } from "../library-console.ts";
import { printable } from "../printable.ts";
import { redact } from "../redact.ts";
import { optionsOrHelp } from "./command.ts";
import { diagnose } from "./doctor/diagnose.ts";
import { type CheckResult, exitCodeOf, printed, type Section } from "./doctor/result.ts";
import { tryChartImageIn } from "./doctor/try-picture.ts";

const USAGE = `npm run doctor
npm run doctor -- --try-picture CHANNEL   posts a sample message there, edits it, and reports which SLACK_NEW_PICTURES fits`;

/** What to check: everything, or how a channel shows pictures. */
function wanted(): AsyncIterable<Section> {
  const options = { "try-picture": { type: "string" } } as const;
  const channel = optionsOrHelp({ options }, USAGE, 2).values["try-picture"];
  return channel === undefined ? diagnose(process.env) : tryChartImageIn(channel, process.env);
}

const results: CheckResult[] = [];
const sections = wanted();
// What libraries have to say is not what the doctor says.
takeConsole({ warn: () => {} });
try {
  for await (const section of sections) {
    results.push(...section.results);
    process.stdout.write(`${printable(redact(printed(section)))}\n`);
  }
  process.exitCode = exitCodeOf(results);
} catch (error) {
  process.stderr.write(`${printable(redact(explain(error)))}\n`);
  process.exitCode = 2;
}
