import { resolve } from "node:path";
import { defineConfig } from "vitest/config";

// Node compiles what dozens of processes import once. They inherit this.
process.env.NODE_COMPILE_CACHE ??= resolve("node_modules/.cache/node-compile");

export default defineConfig({
  test: {
    globalSetup: "test/global-setup.ts",
    include: ["test/**/*.test.ts"],
    // Tests wait for conditions more than they compute: as many files at once as there are cores.
    maxWorkers: "100%",
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
});
