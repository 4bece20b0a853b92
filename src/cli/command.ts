import { explain } from "../explain.ts";
import { redact } from "../redact.ts";

/** Runs a command on the words typed after its name; prints what it answers, or what was wrong with status 1. */
export async function runCommand(run: (args: string[]) => Promise<string>): Promise<void> {
  try {
    console.log(redact(await run(process.argv.slice(2))));
  } catch (error) {
    console.error(redact(explain(error)));
    process.exitCode = 1;
  }
}
