import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { afterEach, expect, test } from "vitest";
import { freePort } from "../../src/adapters/redis/server/free-port.ts";
import { noon } from "../support/builders.ts";
import { settingsOf, startProgram } from "../support/program.ts";
import { type Stage, setStage } from "../support/stage.ts";
import { until } from "../support/until.ts";

let stage: Stage | undefined;
let service: ChildProcess | undefined;
afterEach(async () => {
  service?.kill("SIGKILL");
  await stage?.close();
});

/** Runs the health check that the Dockerfile names, as a container's shell does. */
async function healthCheck(port: number): Promise<unknown> {
  const command = /^HEALTHCHECK .*\\\n {2}CMD (.+)$/m.exec(readFileSync("Dockerfile", "utf8"))![1]!;
  const env = { PATH: process.env.PATH, HTTP_PORT: String(port) };
  const [status] = await once(spawn("sh", ["-c", command], { env }), "exit");
  return status;
}

test("the container's health check succeeds for a running bot and fails without one", async () => {
  stage = await setStage(noon);
  const port = await freePort();
  expect(await healthCheck(port)).toBe(1);

  const { child, printed } = startProgram("workers/main.ts", [], {
    settings: { ...settingsOf(stage), HTTP_PORT: String(port) },
  });
  service = child;
  await until(() => printed().includes("service.started"), "the start");
  expect(printed()).toContain(`"http":"http://127.0.0.1:${port}"`);
  expect(await healthCheck(port)).toBe(0);
});
