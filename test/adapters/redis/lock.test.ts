import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { withLock } from "../../../src/adapters/redis/lock.ts";

let folder: string;
let children: ChildProcess[];
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "tidewatch-test-"));
  children = [];
});
afterEach(async () => {
  for (const child of children) child.kill("SIGKILL");
  await rm(folder, { recursive: true, force: true });
});

async function run(times: number, end: "live" | "die"): Promise<void> {
  const file = join(import.meta.dirname, "lock-holder.ts");
  const child = fork(file, [join(folder, "lock"), join(folder, "counter"), String(times), end]);
  children.push(child);
  await once(child, "exit");
}

test("processes that are killed while they hold the lock never work under it together", async () => {
  await writeFile(join(folder, "counter"), "0");
  await Promise.all([run(40, "live"), run(20, "die"), run(40, "live"), run(10, "die")]);
  // Each that was killed did not write its last.
  expect(await readFile(join(folder, "counter"), "utf8")).toBe(String(40 + 19 + 40 + 9));
});

test("a lock that is not obtained in time gives an error that names its holder", async () => {
  const path = join(folder, "lock");
  await withLock(path, 0, async () => {
    await expect(withLock(path, 50, async () => {})).rejects.toThrow(`it holds ${path}`);
  });
  await expect(withLock(path, 0, async () => "free")).resolves.toBe("free");
});
