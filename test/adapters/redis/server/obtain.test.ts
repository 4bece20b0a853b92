import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test } from "vitest";
import { DATA_DIR, findRedis } from "../../../../src/adapters/redis/server/find.ts";
import type { Machine } from "../../../../src/adapters/redis/server/machine.ts";
import { obtainRedis, wayTo } from "../../../../src/adapters/redis/server/obtain.ts";

interface Given {
  /** What is on the PATH. */
  readonly programs?: readonly string[];
  readonly isRoot?: boolean;
  /** Whether sudo wants no password. */
  readonly sudo?: boolean;
  readonly docker?: boolean;
  readonly version?: string;
  /** What can be installed, by the name of its package. */
  readonly packages?: Readonly<Record<string, string>>;
}

/** A machine that does nothing but note what it was asked to run. */
function machineOf({ programs = [], isRoot = false, packages = {}, ...given }: Given) {
  const there = new Set(programs);
  const ran: string[] = [];
  const machine: Machine = {
    isRoot,
    user: "1000:1000",
    has: async (program) => there.has(program),
    async run(command) {
      const line = command.join(" ");
      if (line.endsWith("--version"))
        return { ok: true, output: given.version ?? "Redis server v=7.2.4 sha=0" };
      ran.push(line);
      if (line === "docker info") return { ok: given.docker ?? false, output: "" };
      if (line === "sudo -n true") return { ok: given.sudo ?? false, output: "" };
      const program = packages[command.at(-1)!];
      if (program) there.add(program);
      return { ok: program !== undefined, output: `E: Unable to locate package ${command.at(-1)}` };
    },
  };
  return { machine, ran };
}

const apt = "env DEBIAN_FRONTEND=noninteractive apt-get install --yes";

test.each<[string, Given, string, string[]]>([
  [
    "redis-server is there",
    { programs: ["redis-server", "apt-get"], isRoot: true },
    "a private redis-server",
    [],
  ],
  ["valkey-server is there", { programs: ["valkey-server"] }, "a private valkey-server", []],
  [
    "root has apt-get",
    { programs: ["apt-get"], isRoot: true, packages: { "redis-server": "redis-server" } },
    "a private redis-server",
    ["apt-get update", `${apt} redis-server`],
  ],
  [
    "sudo wants no password",
    { programs: ["apt-get", "sudo"], sudo: true, packages: { "redis-server": "redis-server" } },
    "a private redis-server",
    ["sudo -n true", "sudo -n apt-get update", `sudo -n ${apt} redis-server`],
  ],
  [
    "apt-get knows only Valkey",
    { programs: ["apt-get"], isRoot: true, packages: { "valkey-server": "valkey-server" } },
    "a private valkey-server",
    ["apt-get update", `${apt} redis-server`, `${apt} valkey-server`],
  ],
  [
    "root has dnf",
    { programs: ["dnf"], isRoot: true, packages: { redis: "redis-server" } },
    "a private redis-server",
    ["dnf install --assumeyes valkey", "dnf install --assumeyes redis"],
  ],
  [
    "root has apk",
    { programs: ["apk"], isRoot: true, packages: { valkey: "valkey-server" } },
    "a private valkey-server",
    ["apk add --no-cache valkey"],
  ],
  [
    "anybody has brew",
    { programs: ["brew"], packages: { valkey: "valkey-server" } },
    "a private valkey-server",
    ["brew install valkey"],
  ],
  [
    "nothing may be installed, and Docker runs",
    { programs: ["apt-get", "sudo"], docker: true },
    "a private container",
    ["sudo -n true", "docker info"],
  ],
  [
    "what is there is too old, and Docker runs",
    { programs: ["redis-server", "apt-get"], isRoot: true, docker: true, version: "Redis server v=5.0.14" },
    "a private container",
    ["docker info"],
  ],
  [
    "installing fails, and Docker runs",
    { programs: ["dnf"], isRoot: true, docker: true },
    "a private container",
    ["dnf install --assumeyes valkey", "dnf install --assumeyes redis", "docker info"],
  ],
])("where %s, Redis is obtained that way", async (_, given, how, commands) => {
  const { machine, ran } = machineOf(given);
  const reported: string[] = [];
  expect((await wayTo(machine, (line) => reported.push(line))).how).toBe(how);
  expect(ran).toEqual(commands);
  // Whatever is changed or fetched is said before.
  expect(reported.length > 0).toBe(commands.length > 0);
});

test.each<[string, Given, RegExp]>([
  [
    "apt-get wants a password",
    { programs: ["apt-get", "sudo"] },
    /may not install it\. Type: sudo apt-get update && sudo apt-get install --yes redis-server$/,
  ],
  ["only root may, without sudo", { programs: ["dnf"] }, /Type: sudo dnf install --assumeyes valkey$/],
  ["Homebrew would have to work for root", { programs: ["brew"], isRoot: true }, /set REDIS_URL/],
  ["there is neither manager nor Docker", {}, /no Redis on this machine\. Install Redis 6\.2 or newer/],
  [
    "Redis is too old",
    { programs: ["redis-server", "apt-get"], isRoot: true, version: "Redis server v=6.0.16" },
    /redis-server of this machine is too old \(v=6\.0\.16\)\. Install/,
  ],
])("where %s, the error says what to do", async (_, given, message) => {
  const error = await wayTo(machineOf(given).machine, () => {}).catch((problem) => problem);
  expect(error.name).toBe("InputError");
  expect(error.message).toMatch(message);
});

test("a configured Redis is used, and nothing is searched for or started", async () => {
  const { machine, ran } = machineOf({});
  const redis = await obtainRedis({ url: "redis://elsewhere", report: expect.fail, machine });
  expect(redis).toMatchObject({ url: "redis://elsewhere", how: "REDIS_URL" });
  await redis.stop();
  expect(ran).toEqual([]);
});

test.each<[string, Given, RegExp]>([
  [
    "root has apt-get",
    { programs: ["apt-get"], isRoot: true, packages: { "redis-server": "redis-server" } },
    /install it here: apt-get update && apt-get install --yes redis-server$/,
  ],
  [
    "sudo wants no password",
    { programs: ["apt-get", "sudo"], sudo: true, packages: { "redis-server": "redis-server" } },
    /install it here: sudo apt-get update && sudo apt-get install --yes redis-server$/,
  ],
  ["Docker runs", { docker: true }, /redis-server or valkey-server is on the PATH$/],
  [
    "what is there is too old",
    { programs: ["redis-server", "apt-get"], isRoot: true, version: "Redis server v=6.0.16" },
    /too old \(v=6\.0\.16\)\..*install Redis 6\.2 or newer/,
  ],
])(
  "nothing is installed or downloaded for a bot that keeps its data, though %s: the error names both ways to continue",
  async (_, given, here) => {
    const { machine, ran } = machineOf(given);
    const dataDir = await mkdtemp(join(tmpdir(), "tidewatch-obtain-"));
    const error = await obtainRedis({ dataDir, report: expect.fail, machine }).catch((problem) => problem);
    await rm(dataDir, { recursive: true });
    expect(error.name).toBe("InputError");
    expect(error.message).toMatch(/^REDIS_URL is not set\..*name a Redis that runs elsewhere in REDIS_URL/);
    expect(error.message).toMatch(here);
    expect(ran).toEqual([]);
  },
);

test("without REDIS_URL a private Redis starts, and the log says where its data is and that it serves one machine", async () => {
  const dataDir = await mkdtemp(join(tmpdir(), "tidewatch-obtain-"));
  const reported: string[] = [];
  const redis = await findRedis(undefined, process.env.PATH, (line) => reported.push(line), dataDir);
  await redis.stop();
  await rm(dataDir, { recursive: true });
  expect(reported).toEqual([expect.stringMatching(/^REDIS_URL is not set: .* one machine alone/)]);
  expect(reported[0]).toContain(dataDir);
});

test("the data of a private Redis is stored beside package.json", async () => {
  expect(await readFile(join(DATA_DIR, "../../package.json"), "utf8")).toContain('"tidewatch"');
});

test("a Redis container is reachable only through the loopback interface and runs as the user", async () => {
  const { machine } = machineOf({ docker: true });
  const { launch } = await wayTo(machine, () => {});
  const command = launch.command(7_000, "/data dir").join(" ");
  expect(command).toContain("--publish 127.0.0.1:7000:6379");
  expect(command).toContain("--user 1000:1000");
  expect(command).toContain("--rm");
});
