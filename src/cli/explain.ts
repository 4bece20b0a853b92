import { parseArgs } from "node:util";
import { explain } from "../core/detector/explain.ts";
import { explanationWords } from "../core/detector/explain-words.ts";
import { InputError } from "../errors.ts";
import { runCommand } from "./command.ts";
import { HISTORY_USAGE, historyOf, historyOptions } from "./history-options.ts";

const USAGE = `npm run explain -- FILE.csv --at 2026-06-16T12 [--json] ${HISTORY_USAGE}`;

async function run(args: string[]): Promise<string> {
  const { values, positionals } = parseArgs({
    args,
    allowPositionals: true,
    options: { ...historyOptions, at: { type: "string" }, json: { type: "boolean", default: false } },
  });
  const [file] = positionals;
  const bucket = Date.parse(/T\d\d$/.test(values.at ?? "") ? `${values.at}:00Z` : (values.at ?? ""));
  if (!file || Number.isNaN(bucket)) throw new InputError(USAGE);
  const { points, profile, rules } = historyOf(file, values);
  const explanation = explain(points.history, profile, rules, bucket);
  if (!explanation) throw new InputError(`${values.at} (UTC) is not among the counts of ${file}`);
  if (!values.json) return explanationWords(explanation).join("\n");
  const { evidence, ...others } = explanation;
  const { peaks: _, ...numbers } = "peaks" in evidence ? evidence : { ...evidence, peaks: undefined };
  return JSON.stringify({ ...others, evidence: numbers }, undefined, 2);
}

await runCommand(run);
