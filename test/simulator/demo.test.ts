import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { until } from "../support/until.ts";

let temp: string;
beforeEach(() => {
  temp = mkdtempSync(join(tmpdir(), "tidewatch-demo-test-"));
});
afterEach(() => rmSync(temp, { recursive: true, force: true }));

function demo(...args: string[]) {
  const child = spawn(process.execPath, ["simulator/demo.ts", ...args], {
    env: { PATH: process.env.PATH, TMPDIR: temp },
  });
  let printed = "";
  child.stdout.on("data", (chunk) => (printed += chunk));
  child.stderr.on("data", (chunk) => (printed += chunk));
  return { child, printed: () => printed };
}

const answers = (url: string) =>
  new Promise<boolean>((resolve) => {
    const socket = connect(Number(new URL(url).port), "127.0.0.1", () => resolve(true));
    socket.once("error", () => resolve(false));
  });

test("the demo shows an incident open and resolve, and exits by itself with --once", async () => {
  const { child, printed } = demo("--once");
  const [status] = await once(child, "close");
  expect(printed()).toMatch(/backfill 100%[\s\S]*opened[\s\S]*resolved/);
  expect(status).toBe(0);
  expect(readdirSync(temp)).toEqual([]);
});

test("what broke first is mended when somebody acknowledges its alert, and the alert resolves", async () => {
  const { child, printed } = demo();
  await until(() => /opened/.test(printed()), "the first alert");
  expect(printed()).toMatch(/^▶ Open http:\/\/127\.0\.0\.1:\d+$/m);
  const page = /▶ Open (\S+)/.exec(printed())![1]!;
  const [, day, hour, watch] = /(\S+) (\d\d):00Z {2}(\S+) drop opened/.exec(printed())!;
  const { status } = await fetch(`${page}/do/command`, {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ channel: "C0ALERTS1", text: `/tidewatch ack ${watch}.drop@${day}T${hour}` }),
  });
  expect(status).toBe(200);
  await until(() => /resolved/.test(printed()), "its end", 110_000);
  const [began, ended] = [/(\d\d):00Z {2}\S+ drop opened/, /(\d\d):00Z {2}\S+ drop resolved/].map((line) =>
    Number(line.exec(printed())![1]),
  );
  expect(ended! - began!).toBeLessThan(10);
  child.kill("SIGINT");
  await once(child, "close");
});

test("Ctrl-C stops the demo's page, workers and Redis and leaves nothing behind", async () => {
  const { child, printed } = demo();
  await until(() => printed().includes("backfill 100%"), "the demo to run");
  const page = /http:\/\/127\.0\.0\.1:\d+/.exec(printed())![0];
  expect(await (await fetch(page)).text()).toContain("alerts");
  expect(readdirSync(temp)).not.toEqual([]);

  child.kill("SIGINT");
  expect(await once(child, "close")).toEqual([0, null]);
  expect(readdirSync(temp)).toEqual([]);
  expect(await answers(page)).toBe(false);
});
