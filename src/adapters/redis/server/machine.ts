import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";
import { delimiter, join } from "node:path";

/** How a command ended, and what it printed. */
export interface Ran {
  readonly ok: boolean;
  readonly output: string;
}

/** What has to be known of the machine to come by a Redis. */
export interface Machine {
  /** Whether a program is on the PATH. */
  has(program: string): Promise<boolean>;
  run(command: readonly string[]): Promise<Ran>;
  readonly isRoot: boolean;
  /** User and group of this process, `1000:1000`, where the system knows them. */
  readonly user?: string;
}

/** How long a command may take, in milliseconds: a package manager may have to wait for another. */
const RUN_WITHIN = 600_000;

/** The machine this runs on, with programs looked for along `path`. */
export function thisMachine(path: string): Machine {
  const uid = process.getuid?.();
  return {
    async has(program) {
      for (const folder of path.split(delimiter)) {
        if (folder && (await isExecutable(join(folder, program)))) return true;
      }
      return false;
    },
    run: ([program, ...args]) =>
      new Promise((resolve) => {
        const options = { timeout: RUN_WITHIN, maxBuffer: 64 * 1_048_576 };
        const child = execFile(program!, args, options, (error, stdout, stderr) =>
          resolve({ ok: error === null, output: `${stdout}${stderr}` }),
        );
        // A question that nobody is there to answer.
        child.stdin?.end();
      }),
    isRoot: uid === 0,
    ...(uid !== undefined && { user: `${uid}:${process.getgid?.()}` }),
  };
}

const isExecutable = (path: string): Promise<boolean> =>
  access(path, constants.X_OK).then(
    () => true,
    () => false,
  );
