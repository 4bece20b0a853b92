import { InputError } from "../../errors.ts";
import type { Label } from "../../incidents/label.ts";
import type { WatchRequest } from "../../pipeline/actions/watch-request.ts";
import type { Workspace } from "../../series/workspace.ts";
import type { Sensitivity } from "../../settings/watch.ts";
import { readArgs } from "../command.ts";
import { quietHours } from "./quiet-option.ts";

/** The usage of the command. */
export const USAGE = `npm run watch -- add [--workspace NAME] [--app ID] [--app-name NAME] [--segment ID] [--segment-name NAME] --channel ID
                    [--sensitivity low|normal|high|N/month] [--direction drop|spike|both] [--unit hour|day]
                    [--min-change 10%] [--min-sessions N]
                    [--quiet 22-7] [--quiet-days mon-fri] [--quiet-critical] [--by NAME]
npm run watch -- list
npm run watch -- remove WATCH [--by NAME]
npm run watch -- mute WATCH|--app ID|--channel ID [--until 4h|2026-06-17T08:00|recovery] [--by NAME]
npm run watch -- unmute WATCH|--app ID|--channel ID [--by NAME]
npm run watch -- mutes
npm run watch -- ack INCIDENT [--by NAME]
npm run --silent watch -- export > FILE
npm run watch -- import FILE|- [--replace] [--dry-run] [--by NAME]
npm run watch -- label INCIDENT real|expected|false-alarm|new-normal|none [--by NAME]
npm run watch -- exclude WATCH --from 2026-06-16T09:00 [--to 2026-06-16T12:00] [--by NAME]
npm run watch -- exclusions WATCH
npm run watch -- include WATCH EXCLUSION [--by NAME]
npm run watch -- event add NAME --from 2026-06-18T18:00 --to 2026-06-18T21:00 [--workspace NAME] [--app ID] [--by NAME]
npm run watch -- event list
npm run watch -- event remove EVENT [--by NAME]
npm run watch -- audit WATCH [--from 7d|2026-06-10] [--to 1d|2026-06-11T08:00]
npm run watch -- review [--channel ID] [--from 7d|2026-06-10] [--to 1d|2026-06-11T08:00]`;

const options = {
  replace: { type: "boolean" },
  "dry-run": { type: "boolean" },
  workspace: { type: "string" },
  app: { type: "string" },
  "app-name": { type: "string" },
  segment: { type: "string" },
  "segment-name": { type: "string" },
  channel: { type: "string" },
  sensitivity: { type: "string" },
  direction: { type: "string" },
  unit: { type: "string" },
  "min-change": { type: "string" },
  "min-sessions": { type: "string" },
  quiet: { type: "string" },
  "quiet-days": { type: "string" },
  "quiet-critical": { type: "boolean" },
  until: { type: "string" },
  by: { type: "string" },
  from: { type: "string" },
  to: { type: "string" },
} as const;

/** The typed options. */
export type WatchValues = ReturnType<typeof parseWatchArgs>["values"];

/** Splits the typed text into command, words and options. Throws for an unknown option. */
export function parseWatchArgs(args: string[]) {
  return readArgs({ args, options, allowPositionals: true }, USAGE);
}

/** Reads the options of `add`. Throws InputError for invalid ones. */
export function watchRequest(
  values: WatchValues,
  workspaces: readonly Pick<Workspace, "name">[],
): WatchRequest {
  if (!values.channel)
    throw new InputError(`--channel is missing: the id of the Slack channel for alerts\n\n${USAGE}`);
  if (!values.quiet && (values["quiet-days"] || values["quiet-critical"]))
    throw new InputError("--quiet is missing: the quiet hours, for example 22-7");
  return {
    workspace: workspaceFor(values, workspaces),
    channel: values.channel,
    unit: oneOf("unit", values.unit ?? "hour", ["hour", "day"]),
    ...(values.app && { app: values.app }),
    ...(values["app-name"] && { appName: values["app-name"] }),
    ...(values.segment && { segment: values.segment }),
    ...(values["segment-name"] && { segmentName: values["segment-name"] }),
    ...(values.direction && { direction: oneOf("direction", values.direction, ["drop", "spike", "both"]) }),
    ...(values.sensitivity && { sensitivity: sensitivityOf(values.sensitivity) }),
    ...(values["min-change"] && { minRelativeChange: shareOf(values["min-change"]) }),
    ...(values["min-sessions"] && { minAbsoluteChange: countOf(values["min-sessions"]) }),
    ...(values.quiet && {
      quiet: quietHours(values.quiet, values["quiet-days"], values["quiet-critical"] ?? false),
    }),
  };
}

/** The named workspace, or the only one. Throws InputError when it is ambiguous. */
export function workspaceFor({ workspace }: WatchValues, all: readonly Pick<Workspace, "name">[]): string {
  const names = all.map(({ name }) => name);
  if (workspace !== undefined) return oneOf("workspace", workspace, names);
  if (names.length === 1) return names[0]!;
  throw new InputError(`which workspace? Add --workspace ${names.join(" or --workspace ")}`);
}

function oneOf<Word extends string>(option: string, word: string, words: readonly Word[]): Word {
  const found = words.find((allowed) => allowed === word);
  if (!found) throw new InputError(`--${option} must be one of ${words.join(", ")}. You typed ${word}`);
  return found;
}

/** Reads a sensitivity: a word, or a false-alarm rate such as `1/month`. Throws InputError for anything else. */
export function sensitivityOf(text: string): Sensitivity {
  const budget = /^(\d+(?:\.\d+)?)\/month$/.exec(text);
  if (budget && Number(budget[1]) > 0) return { alertsPerMonth: Number(budget[1]) };
  if (text === "low" || text === "normal" || text === "high") return text;
  throw new InputError(
    `--sensitivity must be low, normal, high or a number of false alarms such as 1/month. You typed ${text}`,
  );
}

function shareOf(text: string): number {
  const share = /^(\d{1,3})%$/.exec(text);
  if (!share) throw new InputError(`--min-change must be a percentage such as 10%. You typed ${text}`);
  return Number(share[1]) / 100;
}

function countOf(text: string): number {
  if (!/^\d{1,9}$/.test(text))
    throw new InputError(`--min-sessions must be a whole number such as 50. You typed ${text}`);
  return Number(text);
}

const LABELS: readonly Label[] = ["real", "expected", "false-alarm", "new-normal"];

/** Reads a label; `none` is undefined. Throws InputError for anything else. */
export function labelOf(word: string | undefined): Label | undefined {
  if (word === "none") return undefined;
  const label = LABELS.find((known) => known === word);
  if (!label)
    throw new InputError(
      `${word ? `"${word}" is not a label. Use one` : "which label? One"} of ${LABELS.join(", ")}, or none`,
    );
  return label;
}
