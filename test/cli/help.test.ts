import { execFile } from "node:child_process";
import { readFileSync } from "node:fs";
import { expect, test } from "vitest";

const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: Record<string, string> };

/** Those that start a program of the project; the others belong to the tools they name. */
const programs = Object.entries(scripts).flatMap(([name, script]) => {
  const [, args] = /(?:^|\s)node (.*)$/.exec(script) ?? [];
  return args ? [[name, args.split(" ")] as const] : [];
});

/** Runs a program and returns its status and what it printed. */
const run = (...args: readonly string[]) =>
  new Promise<{ status: number | string | null | undefined; printed: string; errors: string }>((resolve) => {
    execFile(process.execPath, [...args], { timeout: 60_000 }, (error, printed, errors) =>
      resolve({ status: error ? error.code : 0, printed, errors }),
    );
  });

test.each(programs)("npm run %s -- --help says how it is used, and does nothing else", async (name, args) => {
  const { status, printed, errors } = await run(...args, "--help");
  expect({ status, errors }).toEqual({ status: 0, errors: "" });
  expect(printed).toMatch(name === "start" ? /^npm start\n/ : new RegExp(`^npm run (--silent )?${name}\\b`));
});

test("an unknown option is refused with the usage and without a stack trace", async () => {
  const [, args] = programs.find(([name]) => name === "demo")!;
  const { status, printed, errors } = await run(...args, "--onse");
  expect({ status, printed }).toEqual({ status: 1, printed: "" });
  expect(errors).toMatch(/^Unknown option '--onse'.*\n\nnpm run demo -- \[--once\]\n/);
  expect(errors).not.toMatch(/^ {4}at /m);
});
