import { globSync, readFileSync } from "node:fs";
import { availableParallelism } from "node:os";
import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

// Node compiles what dozens of processes import once. They inherit this.
process.env.NODE_COMPILE_CACHE ??= resolve("node_modules/.cache/node-compile");

/** What looks whether a secret is printed: one that another file registered for redaction would hide a leak. */
const SECRETS = /redact|\b(toContain|includes)\((KEY|SECRET|secret|token|password|key)\b/;

/** Files that need modules of their own. */
const isolated = globSync("test/**/*.test.ts").filter((file) => SECRETS.test(readFileSync(file, "utf8")));

export default defineConfig({
  test: {
    // Tests wait for conditions a good part of their time: one file more at once than there are cores.
    maxWorkers: availableParallelism() + 1,
    projects: [
      {
        extends: true,
        test: { name: "isolated", include: isolated },
      },
      {
        extends: true,
        test: {
          name: "shared",
          include: ["test/**/*.test.ts"],
          exclude: isolated,
          // To import the clients of Slack, Braze and Redis anew takes longer than most files do.
          isolate: false,
        },
      },
    ],
    globalSetup: "test/support/global-setup.ts",
    setupFiles: ["test/support/close-stores.ts", "test/support/property-seed.ts"],
    // Thousands of tests with real processes on a busy machine: one that fails once and then passes does not stop the
    // run, but the report names it ("retry x1"), and it is to be mended like any other.
    retry: 1,
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
