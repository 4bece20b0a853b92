import type { Machine } from "./machine.ts";

/** One package manager's way to a Redis. */
interface Manager {
  readonly program: string;
  /** Commands that bring the list of packages up to date. */
  readonly update?: readonly string[];
  install(name: string): readonly string[];
  /** Under which names Redis may be known, the best first. */
  readonly names: readonly string[];
  readonly needsRoot: boolean;
}

const managers: readonly Manager[] = [
  {
    program: "apt-get",
    update: ["apt-get", "update"],
    install: (name) => ["env", "DEBIAN_FRONTEND=noninteractive", "apt-get", "install", "--yes", name],
    names: ["redis-server", "valkey-server"],
    needsRoot: true,
  },
  {
    program: "dnf",
    install: (name) => ["dnf", "install", "--assumeyes", name],
    names: ["valkey", "redis"],
    needsRoot: true,
  },
  {
    program: "apk",
    install: (name) => ["apk", "add", "--no-cache", name],
    names: ["valkey", "redis"],
    needsRoot: true,
  },
  {
    program: "brew",
    install: (name) => ["brew", "install", name],
    names: ["valkey", "redis"],
    needsRoot: false,
  },
];

/** How Redis is installed on this machine. */
export interface Installation {
  /** What a person types for it. */
  readonly typed: string;
  /** Whether it may be done without asking anybody for a password. */
  isAllowed(): Promise<boolean>;
  /** Does it, trying one name after the other until `isThere`. Answers the end of what the last try printed. */
  run(isThere: () => Promise<boolean>): Promise<string>;
}

/** The way of the first package manager there is, undefined where none is known. */
export async function installationOn(machine: Machine): Promise<Installation | undefined> {
  for (const manager of managers) {
    if (!(await machine.has(manager.program))) continue;
    // Homebrew refuses to work for root.
    if (machine.isRoot && !manager.needsRoot) continue;
    const asRoot = machine.isRoot || !manager.needsRoot;
    const maySudo = async () => (await machine.has("sudo")) && (await machine.run(["sudo", "-n", "true"])).ok;
    return {
      typed: typed(manager, asRoot ? "" : "sudo "),
      isAllowed: async () => asRoot || maySudo(),
      run: (isThere) => install(manager, machine, asRoot ? [] : ["sudo", "-n"], isThere),
    };
  }
  return undefined;
}

const typed = ({ program, update, install, names }: Manager, sudo: string): string =>
  [update, install(names[0]!)]
    .filter((command) => command !== undefined)
    .map((command) => `${sudo}${command.slice(command.indexOf(program)).join(" ")}`)
    .join(" && ");

async function install(
  { update, install, names }: Manager,
  machine: Machine,
  sudo: readonly string[],
  isThere: () => Promise<boolean>,
): Promise<string> {
  // One source of several may be out of reach without the rest being stale.
  if (update) await machine.run([...sudo, ...update]);
  let last = "";
  for (const name of names) {
    last = (await machine.run([...sudo, ...install(name)])).output;
    if (await isThere()) break;
  }
  return last.trim().slice(-500);
}
