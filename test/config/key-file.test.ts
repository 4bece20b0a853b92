import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { keyFile } from "../../src/config/key-file.ts";
import { redact } from "../../src/redact.ts";

let folder: string;
let path: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "tidewatch-key-"));
  path = join(folder, "key");
  writeFileSync(path, "the-first-key\n");
});
afterEach(() => rmSync(folder, { recursive: true }));

test("a key stays the same while its file is unchanged", () => {
  const key = keyFile(path, "the-first-key");
  expect([key(), key()]).toEqual(["the-first-key", "the-first-key"]);
});

test.each<[string, (content: string) => void]>([
  ["written anew", (content) => writeFileSync(path, content)],
  [
    "replaced by another, as orchestrators do",
    (content) => {
      writeFileSync(`${path}.new`, content);
      renameSync(`${path}.new`, path);
    },
  ],
])("a file that is %s gives the new key, which is kept out of logs", (_, exchange) => {
  const key = keyFile(path, "the-first-key");
  key();
  exchange("the-second-longer-key\n");
  expect(key()).toBe("the-second-longer-key");
  expect(redact("refused: the-second-longer-key, the-first-key")).not.toContain("second");
});

test.each([
  ["gone", () => rmSync(path)],
  ["empty", () => writeFileSync(path, "")],
])("while the file is %s, the last key stays in use, and the next key is noticed", (_, spoil) => {
  const key = keyFile(path, "the-first-key");
  key();
  spoil();
  expect(key()).toBe("the-first-key");
  writeFileSync(path, "the-third-key");
  expect(key()).toBe("the-third-key");
});

test("after a refusal the key file is read again whatever its modification time", () => {
  const then = new Date("2026-06-16T12:00:00Z");
  utimesSync(path, then, then);
  const key = keyFile(path, "the-first-key");
  key();
  writeFileSync(path, "THE-FIRST-KEY\n");
  utimesSync(path, then, then);
  expect(key()).toBe("the-first-key");
  expect(key("the-first-key")).toBe("THE-FIRST-KEY");
});
