import { spawn } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** What has to be known of the machine to come by a Redis. */
export interface Machine {
  /** Whether a program is on the PATH. */
  has(program: string): Promise<boolean>;
  /** Runs a command; whether it ended well. */
  run(command: readonly string[]): Promise<boolean>;
  readonly isRoot: boolean;
}

/** How Redis is installed: what to run, and what a person types for it. */
export interface Installation {
  readonly command: readonly string[];
  readonly typed: string;
}

const byManager: Readonly<Record<string, Installation>> = {
  "apt-get": {
    command: [
      "sh",
      "-c",
      "apt-get update -qq && DEBIAN_FRONTEND=noninteractive apt-get install -y -qq redis-server",
    ],
    typed: "apt-get update && apt-get install -y redis-server",
  },
  dnf: { command: ["dnf", "install", "-y", "-q", "redis"], typed: "dnf install -y redis" },
  apk: { command: ["apk", "add", "--quiet", "redis"], typed: "apk add redis" },
  brew: { command: ["brew", "install", "redis"], typed: "brew install redis" },
};

/** How this machine installs Redis, undefined where no known package manager is there. */
export async function installation(machine: Machine): Promise<Installation | undefined> {
  for (const [program, { command, typed }] of Object.entries(byManager)) {
    if (!(await machine.has(program))) continue;
    // Homebrew refuses to run as root, and needs no root.
    if (program === "brew" || machine.isRoot) return { command, typed };
    return { command: ["sudo", "-n", ...command], typed: `sudo sh -c '${typed}'` };
  }
  return undefined;
}

/** The machine this runs on. */
export const thisMachine = (path: string): Machine => ({
  async has(program) {
    const places = path.split(delimiter).map((folder) => join(folder, program));
    const found = await Promise.all(
      places.map((place) =>
        access(place, constants.X_OK).then(
          () => true,
          () => false,
        ),
      ),
    );
    return found.includes(true);
  },
  run: (command) => succeeds(command),
  isRoot: process.getuid?.() === 0,
});

function succeeds([program, ...args]: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(program!, args, { stdio: "ignore" });
    child.once("error", () => resolve(false));
    child.once("exit", (code) => resolve(code === 0));
  });
}
