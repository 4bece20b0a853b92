import { type Config, ConfigError, readConfig } from "../../config/config.ts";
import { secretNames, settings } from "../../config/settings.ts";
import { type Finding, note, right, wrong } from "./finding.ts";

type Environment = Readonly<Record<string, string | undefined>>;

/** Whether every setting is there and makes sense; the rest can only be looked at with them. */
export function checkEnvironment(env: Environment): { findings: Finding[]; config?: Config } {
  const strangers = Object.keys(env).filter(isStranger).map(stranger);
  try {
    const config = readConfig(env);
    return { findings: [right("every setting is there and makes sense"), ...strangers], config };
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    const problems = error.message.split("\n").map((line) => line.replace(/^\s*- /, ""));
    return {
      findings: [
        ...problems.map((problem) => wrong(problem, "Set it in .env; .env.example explains every setting.")),
        ...strangers,
      ],
    };
  }
}

const known = new Set([...Object.keys(settings.shape), ...secretNames.map((name) => `${name}_FILE`)]);

const isStranger = (name: string) => /^(BRAZE|SLACK)_/.test(name) && !known.has(name);

const stranger = (name: string): Finding =>
  note(`${name} is no setting of Tidewatch`, "Check its spelling against .env.example, or remove it.");
