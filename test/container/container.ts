import { spawn } from "node:child_process";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  copyFileSync,
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { generated } from "../../simulator/braze/counts.ts";
import { startBrazeSimulator } from "../../simulator/braze/server.ts";
import { startSlackSimulator } from "../../simulator/slack/simulator.ts";
import { freePort } from "../../src/adapters/redis/server/free-port.ts";
import { optionsOrHelp } from "../../src/cli/command.ts";
import { until } from "../support/until.ts";

optionsOrHelp(
  {},
  `npm run container
Every command of Dockerfile and docker-compose.yml, done by hand in an empty folder, where there is no Docker: the install,
Redis, the start, the health check and the watches, as an unprivileged user who can write nothing, and a stop within the
grace that is given. Limits of memory and the kernel's are Docker's own.`,
);

const dockerfile = readFileSync("Dockerfile", "utf8");
const compose = parse(readFileSync("docker-compose.yml", "utf8"), { merge: true });
const line = (pattern: RegExp): string => pattern.exec(dockerfile)![1]!;
const KEY = "key-of-the-container";

/** In the image, node has this id; who is not root stays who he is. */
const NODE_USER = process.getuid?.() === 0 ? { uid: 1_000, gid: 1_000 } : {};

const folder = mkdtempSync(join(tmpdir(), "tidewatch-container-"));
const app = join(folder, "app");
mkdirSync(app);
const data = mkdtempSync(join(tmpdir(), "tidewatch-container-data-"));
const notify = (what: string) => console.log(`✓ ${what}`);
const ended: (() => unknown)[] = [];

async function run(command: string, options: object = {}): Promise<{ status: number; printed: string }> {
  const child = spawn("sh", ["-c", command], { cwd: app, ...options });
  let printed = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (piece) => (printed += piece));
  const [status] = await once(child, "close");
  return { status, printed };
}

async function must(command: string, options: object = {}): Promise<string> {
  const { status, printed } = await run(command, options);
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${printed}`);
  return printed;
}

/** What COPY brings into the image; the dependencies are installed beside it. */
function copyIn(): void {
  for (const [, from, to] of dockerfile.matchAll(/^COPY (?!--from)(.+) (\S+)$/gm)) {
    for (const source of from!.split(" "))
      cpSync(source, join(app, to === "./" ? source : to!), { recursive: true });
  }
  // The program itself, where an unprivileged user may run it.
  copyFileSync(process.execPath, join(folder, "node"));
  chmodSync(join(folder, "node"), 0o755);
}

async function startRedis(): Promise<string> {
  const [, ...flags] = compose.services.redis.command as string[];
  const port = await freePort();
  if (NODE_USER.uid) chownSync(data, NODE_USER.uid, NODE_USER.gid!);
  const child = spawn("redis-server", [...flags, "--port", String(port), "--dir", data], {
    ...NODE_USER,
    stdio: "ignore",
  });
  ended.push(() => child.kill());
  await until(async () => (await run(`redis-cli -p ${port} ping`)).printed.includes("PONG"), "Redis");
  notify(`redis-server ${flags.join(" ")}: answers to its health check`);
  return `redis://127.0.0.1:${port}`;
}

try {
  copyIn();
  const install = line(/^RUN (npm ci .*?) &&/m);
  await must(install);
  notify(
    `${install}: production dependencies alone (${(await must("ls node_modules")).split("\n").length - 1} entries)`,
  );
  if ((await run("ls node_modules/vitest node_modules/ws/../typescript")).status === 0)
    throw new Error("development dependencies were installed");

  await must("chmod -R a-w,a+rX .. && chmod a+rx ..");
  const redis = await startRedis();
  const braze = await startBrazeSimulator({
    apps: [{ id: "ios", counts: generated({ seed: 3, level: 400, zone: "UTC" }) }],
    apiKey: KEY,
  });
  const slack = await startSlackSimulator({ channels: [{ id: "C0ALERTS1", name: "alerts" }] });
  ended.push(() => Promise.all([braze.close(), slack.close()]));

  const port = await freePort();
  const fixed = Object.fromEntries(
    Array.from(dockerfile.matchAll(/^ENV (\w+)=(\S+)$/gm), ([, name, value]) => [name, value]),
  );
  const env = {
    ...fixed,
    PATH: `${folder}:/usr/bin:/bin`,
    BRAZE_REST_ENDPOINT: braze.url,
    BRAZE_API_KEY: KEY,
    SLACK_BOT_TOKEN: slack.token,
    SLACK_API_URL: slack.apiUrl,
    REDIS_URL: redis,
    HTTP_PORT: String(port),
  };
  const asUser = { env, ...NODE_USER };
  if (NODE_USER.uid && (await run("touch src/written", asUser)).status === 0)
    throw new Error("the tree can be written");
  notify("the unprivileged user can write nothing");

  const add = "node src/cli/watch/main.ts add --app ios --app-name iOS --channel C0ALERTS1";
  await must(add, asUser);
  notify(add);
  await must("node src/cli/watch/main.ts list", asUser);
  notify("node src/cli/watch/main.ts list");

  const command = (JSON.parse(line(/^CMD (\[.*\])$/m)) as string[]).join(" ");
  const worker = spawn("sh", ["-c", `exec ${command}`], { cwd: app, ...asUser });
  ended.push(() => worker.kill("SIGKILL"));
  let log = "";
  for (const stream of [worker.stdout, worker.stderr]) stream.on("data", (piece) => (log += piece));
  await until(() => log.includes("service.started") || worker.exitCode !== null, "the start");
  if (worker.exitCode !== null) throw new Error(`${command} ended:\n${log}`);
  notify(`${command}: started`);

  const check = line(/^HEALTHCHECK [^\n]*\\\n {2}CMD (.+)$/m);
  await must(check, asUser);
  notify(`${check}: alive`);
  const doctor = await run("node src/cli/doctor.ts", asUser);
  notify(`node src/cli/doctor.ts: ended with ${doctor.status}\n${doctor.printed.replace(/^/gm, "    ")}`);

  const lastNotified = performance.now();
  worker.kill("SIGTERM");
  const [status] = await once(worker, "exit");
  const seconds = (performance.now() - lastNotified) / 1_000;
  const grace = Number.parseInt(compose.services.worker.stop_grace_period, 10);
  if (status !== 0 || seconds > grace) throw new Error(`it ended with ${status} after ${seconds} s`);
  notify(`SIGTERM: ended with 0 after ${seconds.toFixed(1)} s, of ${grace} s it may take`);
} finally {
  for (const end of ended.reverse()) await end();
  await run(`chmod -R u+w ${folder}`, { cwd: tmpdir() });
  for (const path of [folder, data]) rmSync(path, { recursive: true, force: true });
}
