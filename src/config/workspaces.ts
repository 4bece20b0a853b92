import type { z } from "zod";
import { dashboardFor } from "../adapters/braze/endpoint.ts";
import type { Timeouts } from "../adapters/braze/http.ts";
import { keepSecret } from "../redact.ts";
import { eventsOnDays } from "../series/planned-events.ts";
import type { Workspace } from "../series/workspace.ts";
import { type Environment, type FoundSettings, findSettings } from "./secrets.ts";
import { workspaceSettings } from "./settings.ts";

/** One Braze workspace to read. */
export interface WorkspaceConfig extends Workspace {
  readonly endpoint: string;
  /** The key at the start. */
  readonly apiKey: string;
  /** Reads the key again when it changes; left out: it never changes. */
  readonly apiKeyFile?: string;
  /** IANA zone in which times without a zone are read. */
  readonly naiveZone: string;
  readonly quotaReserve: number;
  readonly emptyHours: "unknown" | "zero";
  /** Whether the calendar of sends is read. @default false */
  readonly sends?: boolean;
  /** How long each phase of a request may take; shorter in tests. */
  readonly timeouts?: Partial<Timeouts>;
}

/** The prefix of a workspace's own settings. @example prefixOf("eu-2"); // => "EU_2_" */
export const prefixOf = (workspace: string): string => `${workspace.toUpperCase().replaceAll("-", "_")}_`;

const names = Object.keys(workspaceSettings.shape);

const sharedSettings = workspaceSettings.partial();

const problemsIn = ({ error }: { readonly error?: z.ZodError }, nameOf: (setting: string) => string) =>
  (error?.issues ?? []).map(({ path, message }) => `${nameOf(path.join("."))} ${message}`);

/** Reads the settings of each workspace, its own or else the shared ones, and all problems. */
export function readWorkspaces(
  env: Environment,
  workspaces: readonly string[],
): { workspaces: WorkspaceConfig[]; problems: string[] } {
  const shared = findSettings(env, names);
  const read = workspaces.map((name) => readWorkspace(env, name, shared, workspaces.length > 1));
  const configs = read.flatMap(({ config }) => config ?? []);
  const problems = [
    ...shared.problems,
    ...read.flatMap((one) => one.problems),
    // Needed even if each workspace has its own: Tidewatch itself uses the shared zone.
    ...problemsIn(sharedSettings.safeParse(shared.values), (setting) => setting),
    ...sameKeys(configs),
  ];
  // A problem in a shared setting is reported once.
  return { workspaces: configs, problems: [...new Set(problems)] };
}

function readWorkspace(
  env: Environment,
  name: string,
  shared: FoundSettings,
  isOneOfMany: boolean,
): { config?: WorkspaceConfig; problems: readonly string[] } {
  const prefix = prefixOf(name);
  const own = findSettings(env, names, prefix);
  const read = workspaceSettings.safeParse({ ...shared.values, ...own.values });
  const found = [...own.problems, ...shared.problems].join();
  if (!read.success) {
    const nameOf = (setting: string) =>
      setting in own.values || (isOneOfMany && !(setting in shared.values)) ? prefix + setting : setting;
    const problems = problemsIn(read, nameOf)
      // A file that cannot be read is no second problem.
      .filter((problem) => !found.includes(`${problem.split(" ", 1)[0]}_FILE `));
    return { problems: [...own.problems, ...problems] };
  }
  // Without its own key, the workspace would be read with the key of another.
  if (own.problems.length > 0) return { problems: own.problems };
  const set = read.data;
  keepSecret(set.BRAZE_API_KEY);
  const apiKeyFile = "BRAZE_API_KEY" in own.values ? own.files.BRAZE_API_KEY : shared.files.BRAZE_API_KEY;
  const dashboard = set.BRAZE_DASHBOARD_URL ?? dashboardFor(set.BRAZE_REST_ENDPOINT);
  return {
    config: {
      name,
      endpoint: set.BRAZE_REST_ENDPOINT,
      apiKey: set.BRAZE_API_KEY,
      ...(apiKeyFile && { apiKeyFile }),
      zone: set.TIME_ZONE,
      ...(set.BRAZE_COMPANY_TIME_ZONE && { companyZone: set.BRAZE_COMPANY_TIME_ZONE }),
      ...(set.HOLIDAY_COUNTRY && { country: set.HOLIDAY_COUNTRY }),
      ...(set.EVENTS && { events: eventsOnDays(set.EVENTS, set.TIME_ZONE) }),
      ...(dashboard && { dashboard }),
      naiveZone: set.BRAZE_NAIVE_TIME_ZONE,
      quotaReserve: set.BRAZE_QUOTA_RESERVE,
      emptyHours: set.BRAZE_EMPTY_HOURS,
      sends: set.BRAZE_SENDS === "on",
    },
    problems: [],
  };
}

// Braze makes each key for one workspace: with another's key, every number would be wrong.
const sameKeys = (configs: readonly WorkspaceConfig[]): string[] =>
  configs.flatMap(({ name, apiKey }, i) => {
    const twin = configs.slice(0, i).find((other) => other.apiKey === apiKey);
    return twin
      ? [`${prefixOf(name)}BRAZE_API_KEY is missing: the key is that of the workspace ${twin.name}`]
      : [];
  });
