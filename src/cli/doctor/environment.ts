import { type Config, ConfigError, readConfig } from "../../config/config.ts";
import { workerKinds } from "../../config/kinds.ts";
import type { Environment } from "../../config/secrets.ts";
import { secretNames, settings, workspaceSettings } from "../../config/settings.ts";
import { prefixOf } from "../../config/workspaces.ts";
import { type CheckResult, failed, note, passed } from "./result.ts";

/** Whether every setting is present and valid. The other checks need them. */
export function checkEnvironment(env: Environment): { results: CheckResult[]; config?: Config } {
  const strangers = strangersIn(env).map(stranger);
  try {
    const config = readConfig(env);
    const results = [passed("every setting is there and makes sense"), ...shared(config), ...strangers];
    return { results, config };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.message.split("\n").map((line) => line.replace(/^\s*- /, ""));
    return {
      results: [
        ...problems.map((problem) => failed(problem, "Set it in .env; .env.example explains every setting.")),
        ...strangers,
      ],
    };
  }
}

// This check cannot see whether another process does the rest.
function shared({ workers }: Config): CheckResult[] {
  if (!workers) return [];
  const rest = workerKinds.filter((kind) => !workers.includes(kind));
  const advice = `Another process with the same REDIS_URL has to do the rest: ${rest.join(", ")}.`;
  return [
    note(`WORKERS: this process works on ${workers.join(", ")} only`, rest.length > 0 ? advice : undefined),
  ];
}

const known = new Set([...Object.keys(settings.shape), ...secretNames.map((name) => `${name}_FILE`)]);

// The settings of one workspace begin with its name: EU_BRAZE_API_KEY.
const ofWorkspaces = new Set(
  Object.keys(workspaceSettings.shape).flatMap((name) => [
    name,
    ...(known.has(`${name}_FILE`) ? [`${name}_FILE`] : []),
  ]),
);

function strangersIn(env: Environment): string[] {
  const workspaces = (env.BRAZE_WORKSPACE ?? "").split(",").map((name) => prefixOf(name.trim()));
  const isKnown = (name: string) =>
    known.has(name) ||
    workspaces.some((prefix) => name.startsWith(prefix) && ofWorkspaces.has(name.slice(prefix.length)));
  return Object.keys(env).filter((name) => /^(BRAZE|SLACK|[A-Z0-9_]+_BRAZE)_/.test(name) && !isKnown(name));
}

const stranger = (name: string): CheckResult =>
  note(`${name} is not a setting of Tidewatch`, "Check its spelling against .env.example, or remove it.");
