import { spawnSync } from "node:child_process";
import { optionsOrHelp } from "../../src/cli/command.ts";
import { CHROMIUM, hasChromium } from "./browser.ts";

const USAGE = `npm run e2e -- [--pictures docs/images]
The tour of Slack with a real browser; with --pictures it also makes those of the README. Where there is no Chromium it is
installed, if that needs no password.`;

const { values } = optionsOrHelp({ options: { pictures: { type: "string" } } }, USAGE);

const run = (command: string, args: readonly string[], env: NodeJS.ProcessEnv = process.env) =>
  spawnSync(command, args, { stdio: "inherit", env }).status ?? 1;

const packages = ["chromium", "fonts-lato", "fonts-noto-color-emoji"];
if (!hasChromium) {
  console.log(`There is no ${CHROMIUM}: installing ${packages.join(", ")} …`);
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const isThere =
    run("apt-get", ["update"], env) === 0 &&
    run("apt-get", ["install", "--yes", "--no-install-recommends", ...packages], env) === 0;
  if (!isThere) {
    console.error("Install Chromium by hand, or say where it is: CHROMIUM=/path/to/chromium npm run e2e");
    process.exit(1);
  }
}
process.exit(
  run(process.execPath, ["node_modules/vitest/vitest.mjs", "run", "test/e2e"], {
    ...process.env,
    ...(values.pictures && { CHART_IMAGES: values.pictures }),
  }),
);
