import { expect, test } from "vitest";
import { runProgram } from "../support/program.ts";

test("a few thousand hostile inputs through every entry point break nothing, and the command reports this", async () => {
  const { status, printed } = await runProgram("test/fuzz/fuzz.ts", [
    "--cases",
    "6000",
    "--seed",
    "20261124",
  ]);
  expect(printed).toMatch(/seed 20261124: [\d,]+ cases in \d+ s, 0 of them broke something/);
  expect(status).toBe(0);
}, 300_000);
